// What each error code means for the author, and what can be done about it.
import type { ErrorCode } from '../../core/index.ts';

export interface ErrorText {
  /** What happened, without naming the item: that stands beside it. */
  what: string;
  remedy: string;
}

export const errors: Record<ErrorCode, ErrorText> = {
  'file-empty': { what: 'The file is empty.', remedy: 'Check that it was saved, then add it again.' },
  'file-too-large': { what: 'The file is too large.', remedy: 'Split it, or add the posts as single files.' },
  'file-encoding': { what: 'The file is not valid UTF-8 text.', remedy: 'Save it as UTF-8, then add it again.' },
  'file-unreadable': { what: 'The file could not be read.', remedy: 'Check that it is still there and may be read.' },
  'format-unknown': {
    what: 'The format is not one that Kindred reads.',
    remedy: 'Add Markdown, HTML, a feed, a table, or the archive that your blog or network exports.',
  },
  'format-broken': { what: 'The file is damaged.', remedy: 'Export it again from where it came from.' },
  'front-matter-broken': {
    what: 'The front matter can’t be read.',
    remedy: 'Correct the lines between the --- marks, then add it again.',
  },
  'feed-is-html': {
    what: 'This is a web page, not a feed.',
    remedy: 'Save the feed itself; its address often ends in .xml or /feed.',
  },
  'feed-entities': {
    what: 'The feed defines its own entities, which is not safe to read.',
    remedy: 'Export it without a DOCTYPE.',
  },
  'feed-list': {
    what: 'This is a list of feeds or pages, without the posts themselves.',
    remedy: 'Save the feeds that are yours, or the pages, and add those.',
  },
  'feed-server': {
    what: 'Feeds are not fetched here.',
    remedy: 'Start Kindred with “npm start -- --feeds”, or add saved feeds.',
  },
  'feed-address': {
    what: 'That address can’t be followed.',
    remedy: 'Check it, or save the feed and add it as a file.',
  },
  'feed-unreachable': { what: 'The feed did not come.', remedy: 'It is tried again by itself.' },
  'feed-unfit': { what: 'What came is no feed to follow.', remedy: 'Look on the blog for the address of its feed.' },
  'folder-lost': { what: 'The folder can’t be looked at.', remedy: 'Bring it back, or stop watching it.' },
  'archive-broken': { what: 'The archive is damaged.', remedy: 'Get it again, or unpack it and add the folder.' },
  'archive-unsafe': {
    what: 'The archive holds something that is not safe to unpack.',
    remedy: 'Unpack it yourself and add the folder with the posts.',
  },
  'archive-locked': { what: 'The archive is under a password.', remedy: 'Unpack it yourself and add the folder.' },
  'post-without-text': { what: 'There is no text in it.', remedy: 'Nothing to do, unless text is missing.' },
  'post-too-long': { what: 'The post is too long.', remedy: 'Split it into several posts.' },
  'post-id-twice': { what: 'Two posts have the same id.', remedy: 'Give one of them another id; the first was kept.' },
  'model-missing': { what: 'The model’s files are not there.', remedy: 'Check the installation, then try again.' },
  'model-damaged': { what: 'A model file is damaged.', remedy: 'Try again to fetch it anew.' },
  'model-truncated': { what: 'A model file arrived incomplete.', remedy: 'Check the connection, then try again.' },
  'model-network': { what: 'The model could not be fetched.', remedy: 'Check the connection, then try again.' },
  'manifest-invalid': {
    what: 'The model’s description can’t be read.',
    remedy: 'Check the installation, then try again.',
  },
  'wasm-simd-missing': {
    what: 'This browser is too old to run the model.',
    remedy: 'Update it. Until then, posts are compared by their words.',
  },
  'backend-failed': {
    what: 'The model stopped on this device.',
    remedy: 'Try again; reload the page if that does not help.',
  },
  'probes-disagree': {
    what: 'This device computes wrong vectors, so they are not used.',
    remedy: 'Update the browser or its graphics driver. Until then, posts are compared by their words.',
  },
  'text-too-long': { what: 'A passage is too long for the model.', remedy: 'Split the post, then add it again.' },
  'space-mismatch': {
    what: 'Stored vectors belong to another model.',
    remedy: 'They are computed again by themselves.',
  },
  'storage-missing': {
    what: 'This browser keeps no data for this page.',
    remedy: 'Leave private browsing, or allow storage for it. Until then, all is lost when the page closes.',
  },
  'storage-full': {
    what: 'The storage of this device is full.',
    remedy: 'Free some space, or remove posts, then try again.',
  },
  'storage-blocked': {
    what: 'Another tab holds the library.',
    remedy: 'Close the other tabs of Kindred, then reload this one.',
  },
  'storage-newer': {
    what: 'The library was written by a newer Kindred.',
    remedy: 'Reload the page to get the newer one.',
  },
  'storage-failed': {
    what: 'The browser could not store it.',
    remedy: 'Try again; reload the page if that does not help.',
  },
  'backup-unknown': { what: 'This is no backup of Kindred.', remedy: 'Choose a file that “Back up” wrote.' },
  'backup-damaged': {
    what: 'The backup is damaged or cut short, so nothing of it was restored.',
    remedy: 'Copy it again from where it is kept, or choose an older one.',
  },
  'backup-newer': {
    what: 'The backup was written by a newer Kindred.',
    remedy: 'Reload the page to get the newest version, then restore it.',
  },
  'taken-over': {
    what: 'Another tab has taken over the library.',
    remedy: 'Try again; reload the page if that does not help.',
  },
  'tab-outdated': {
    what: 'Another version of Kindred was opened in another tab.',
    remedy: 'Reload this tab to get it. What you wrote here is kept.',
  },
  'worker-crashed': {
    what: 'The library’s worker stopped.',
    remedy: 'Reload the page; what was stored is still there.',
  },
  disposed: { what: 'The library was closed.', remedy: 'Reload the page.' },
  unexpected: {
    what: 'Something failed that should not have.',
    remedy: 'Try again; reload the page if that does not help.',
  },
};
