// Words of what an author follows: feeds and folders. Apart from the other words, since no first suggestion needs them.
import type { FollowTask } from '../../app/followStore.ts';
import type { FeedServer } from '../../core/index.ts';
import { count, figure } from './count.ts';

const posts = (value: number): string => count(value, 'post', 'posts');

export const follow = {
  region: 'Feeds and folders',
  ask: 'Let new posts come in by themselves.',
  why: 'From the feed of your blog, or from the folder where you write it.',
  heading: (feeds: number, folders: number) =>
    [
      feeds === 0 ? null : count(feeds, 'feed', 'feeds'),
      folders === 0 ? null : count(folders, 'watched folder', 'watched folders'),
    ]
      .filter((part) => part !== null)
      .join(' and '),
  followFeed: 'Follow a feed',
  watchFolder: 'Watch a folder',
  noFolders:
    'This browser can’t watch folders; Chrome and Edge on a computer can. Here, add the folder again when something has changed in it.',
  lookAll: 'Look now',
  whileOpen: 'Also look by itself while Kindred is open',

  form: {
    label: 'Address of the feed, or of the blog',
    placeholder: 'https://blog.example/feed.xml',
    follow: 'Follow',
    list: 'Choose a list (OPML)',
    close: 'Close',
    /** Said where the server fetches feeds. */
    privacy:
      'The server that you started fetches it. It is told the address and nothing else, and the feed’s host learns that somebody asked.',
    server: {
      off: 'The server that you started can fetch feeds, and does so only when told to. Stop it, and start it again with',
      absent:
        'This page comes from a host of files. Such a host can’t fetch feeds, and the page itself may ask no other host, so that what you write stays in it. Save the feed in your browser and add it here as a file, or run Kindred on your own computer with',
      unreachable: 'The server that this page came from does not answer, so no feed can be fetched.',
    } satisfies Record<Exclude<FeedServer, 'on'>, string>,
    command: 'npm start -- --feeds',
    askAgain: 'I have done so',
    tryAgain: 'Try again',
    addFile: 'Add a saved feed',
  },

  list: {
    heading: (feeds: number) =>
      feeds === 0
        ? 'You follow every feed of this list already.'
        : `Which of the ${count(feeds, 'feed', 'feeds')} are yours?`,
    all: 'All of them',
    follow: (feeds: number) => (feeds === 0 ? 'Follow' : `Follow ${count(feeds, 'feed', 'feeds')}`),
    cancel: 'Cancel',
  },

  waiting: 'Waiting to be looked at',
  looking: 'Looking',
  reading: (done: number, total: number) => `Reading ${figure(done)} of ${count(total, 'file', 'files')}`,
  looked: (moment: string) => `looked ${moment}`,
  holds: posts,
  news: (added: number, changed: number, moment: string) =>
    `${[added === 0 ? null : `${figure(added)} new`, changed === 0 ? null : `${figure(changed)} changed`]
      .filter((part) => part !== null)
      .join(', ')} ${moment}`,
  issues: (issues: number) => `${count(issues, 'post', 'posts')} could not be read`,
  allow: 'Allow again',
  shut: 'The browser wants you to allow it again before this folder is looked at.',
  missing: (value: number) => `The files of ${posts(value)} are gone. That is many at once, so they were kept.`,
  deleteMissing: 'Delete the posts',
  keepMissing: 'Keep them',
  deleted: (value: number) => `${posts(value)} deleted, as ${value === 1 ? 'its file is' : 'their files are'} gone.`,
  restore: 'Put back',

  look: (name: string) => `Look at ${name} now`,
  stop: (name: string) => `Stop following ${name}`,
  stopQuestion: (name: string) => `Stop following “${name}”?`,
  stopKeep: (value: number) =>
    value === 0 ? 'Stop' : value === 1 ? 'Stop, keep its post' : `Stop, keep its ${figure(value)} posts`,
  stopDelete: (value: number) => (value === 1 ? 'Stop, delete the post' : 'Stop, delete the posts'),
  stopNot: 'Go on following',
  stopped: (name: string, deleted: number) =>
    deleted === 0
      ? `“${name}” is not followed any more.`
      : `“${name}” is not followed any more, and ${posts(deleted)} deleted.`,
  undo: 'Undo',
  close: 'Close',

  failed: {
    read: 'What you follow could not be read.',
    feed: 'The feed is not followed.',
    list: 'The list could not be read.',
    folder: 'The folder can’t be watched.',
    look: 'That could not be looked at.',
    stop: 'It is followed still.',
    undo: 'That could not be undone.',
    settle: 'The posts are as they were.',
    setting: 'That could not be stored.',
  } satisfies Record<FollowTask, string>,
};
