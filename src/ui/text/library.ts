// Words of the Library view.
import type { ColumnChoice, LeftOut, PostKind, PostQuery } from '../../core/index.ts';
import { count, figure } from './count.ts';

/** Parts that say something, joined as a list. */
const listed = (...parts: (string | null)[]): string => parts.filter((part) => part !== null).join(', ');

const some = (value: number, what: string): string | null => (value === 0 ? null : `${figure(value)} ${what}`);

const kindNames = {
  post: { one: 'post', many: 'posts' },
  note: { one: 'note', many: 'notes' },
  video: { one: 'video', many: 'videos' },
} as const satisfies Record<PostKind, { one: string; many: string }>;

export const library = {
  heading: 'Library',
  opening: 'Opening your library',
  tally: (posts: number, sources: number) =>
    sources > 1 ? `${count(posts, 'post', 'posts')} from ${figure(sources)} sources` : count(posts, 'post', 'posts'),

  /** What opens the lines below, on a narrow screen. */
  tools: 'Compare, follow, back up',

  add: {
    files: 'Add files',
    folder: 'Add a folder',
    busy: 'One import at a time: wait for this one, or cancel it.',
    formats:
      'The export of WordPress, Ghost, Medium, Substack, Blogger, Notion, Mastodon, Bluesky, X or LinkedIn; Markdown, pages, feeds, tables, captions; archives as they are.',
    dropHere: 'Drop to add to your library',
    dropBusy: 'An import is under way',
    dropAfter: 'Drop again when it is done.',
  },

  empty: {
    title: 'Add what you have written',
    body: 'While you write, Kindred shows which of your earlier posts are related. The posts stay in this browser.',
    drop: 'Or drop files and folders anywhere on this page.',
    demo: 'Bring in the demo’s posts',
    demoWhy: 'Nothing at hand? The demo is the blog of a small ferry company.',
  },

  importing: {
    region: 'Import',
    gathering: (found: number) =>
      found === 0
        ? 'Looking through the folder'
        : `Looking through the folder, ${count(found, 'file', 'files')} so far`,
    starting: 'Starting to read',
    reading: (done: number, total: number) => `Reading ${figure(done)} of ${count(total, 'file', 'files')}`,
    found: (posts: number) => `${count(posts, 'post', 'posts')} found`,
    failed: (files: number) => `${figure(files)} could not be read`,
    rate: (perSecond: number) =>
      `${perSecond < 10 ? perSecond.toFixed(1) : figure(Math.round(perSecond))} files a second`,
    cancel: 'Cancel',
    cancelling: 'Cancelling',
    progress: 'Files read',
  },

  room: {
    title: 'This may not fit',
    /** Sizes with their units. */
    body: (needs: string, free: string) =>
      `What you have chosen may need up to ${needs} in this browser, and ${free} are left for this page.`,
    meaning: 'What no longer fits is kept until the page closes. Free some space on this device, or choose less.',
    begin: 'Add it all the same',
    cancel: 'Don’t add it',
  },

  lost: {
    what: (posts: number, when: string) =>
      `The browser has cleared your library. It had ${count(posts, 'post', 'posts')} and was last here on ${when}.`,
    why: 'Browsers do that when a device runs out of space. Drafts went with the posts.',
    remedy: 'Restore a backup below, or add your files again.',
    dismiss: 'I know',
  },

  result: {
    summary: (added: number, changed: number, unchanged: number, failed: number) => {
      const line = listed(
        some(added, 'added'),
        some(changed, 'changed'),
        some(unchanged, 'unchanged'),
        some(failed, 'could not be read'),
      );
      return line === '' ? 'No posts found.' : `${line}.`;
    },
    demo: (added: number) => `${count(added, 'post', 'posts')} of the demo added.`,
    cancelled: 'Cancelled. ',
    nothing: 'Nothing to add: no file in there holds posts.',
    skipped: (files: number) =>
      `${count(files, 'other file', 'other files')} of the folder left out: pictures, styles and the like.`,
    stopped: 'The import stopped before its end.',
    undone: 'Undone: your library is as it was before the import.',
    undoing: 'Undoing',
    undoFailed: 'The import could not be undone.',
    undo: 'Undo',
    again: 'Try again',
    close: 'Close',
    issues: (files: number) => (files === 1 ? 'Which file, and why' : `Which ${figure(files)} files, and why`),
    leftOut: (draft: number, hidden: number, reply: number) =>
      `Left out: ${listed(
        draft === 0 ? null : count(draft, 'draft', 'drafts'),
        hidden === 0 ? null : count(hidden, 'post that not everyone may see', 'posts that not everyone may see'),
        reply === 0 ? null : count(reply, 'answer to others', 'answers to others'),
      )}.`,
    include: {
      draft: 'Add the drafts',
      private: 'Add the private ones',
      reply: 'Add the answers',
    } satisfies Record<LeftOut, string>,
    unclear: (file: string) => `${file}: which column holds the text?`,
    chooseColumns: 'Choose the columns',
    retry: 'Read these files again',
    retryWhy: 'After you have corrected them.',
    show: 'Show why',
    hide: 'Hide',
    copy: 'Copy the list',
    copied: 'Copied.',
    copyFailed: 'The browser did not allow copying. Select the list and copy it.',
    announce: (line: string) => `Import finished. ${line}`,
  },

  columns: {
    title: 'What the columns hold',
    intro: (file: string, rows: number) => `The first ${count(rows, 'row', 'rows')} of ${file}:`,
    parts: {
      text: 'Text',
      title: 'Title',
      date: 'Date',
      url: 'Address',
      id: 'Id',
      summary: 'Summary',
      author: 'Author',
      tags: 'Tags',
    } satisfies Record<keyof ColumnChoice, string>,
    none: 'none',
    add: 'Add the posts',
    cancel: 'Cancel',
  },

  sources: {
    region: 'Sources',
    summary: (sources: number, excepted: number) =>
      excepted === 0
        ? count(sources, 'source', 'sources')
        : `${count(sources, 'source', 'sources')}, ${figure(excepted)} left out of suggestions`,
    explain: 'Posts of what is unticked stay in your library and are never suggested.',
    /** "12 posts, 3 videos" */
    counts: (kinds: readonly { kind: PostKind; posts: number }[]) =>
      kinds.map(({ kind, posts }) => count(posts, kindNames[kind].one, kindNames[kind].many)).join(', '),
    show: (source: string) => `Show the posts of ${source}`,
    suggest: (source: string) => `Suggest posts of ${source}`,
    remove: (source: string) => `Delete the posts of ${source}`,
    more: 'Leave out by tag, folder or language',
    tag: 'Tag',
    folder: 'Folder',
    language: 'Language',
    pick: 'Choose one',
    back: (value: string) => `Suggest “${value}” again`,
    announceOut: (value: string) => `${value} is no longer suggested.`,
    announceIn: (value: string) => `${value} is suggested again.`,
  },

  queue: {
    progress: 'Posts embedded',
    working: (done: number, total: number) => `Embedding ${figure(done)} of ${figure(total)}`,
    waiting: (posts: number) => `${count(posts, 'post', 'posts')} to embed`,
    modelLoading: (percent: number) => `, as soon as the model is here (${figure(percent)} % fetched)`,
    modelStarting: ', as soon as the model has started',
    modelHeld: ', once you have fetched the model',
    modelFailed: 'The model could not start, so posts are compared by their words only.',
    background: 'You can write meanwhile.',
    paused: 'Embedding is paused.',
    failed: 'Embedding stopped.',
    why: 'Open Status',
  },

  demo: {
    offer: (posts: number) => `The demo’s ${count(posts, 'post is', 'posts are')} still among yours.`,
    remove: 'Remove the demo’s posts',
    later: 'Keep them',
  },

  competing: {
    region: 'Posts that say the same',
    ask: 'Do any of your posts say the same?',
    why: 'Two pages that say one thing stand in each other’s way, for readers and for search engines.',
    compare: 'Compare them',
    starting: 'Comparing your posts',
    comparing: (done: number, total: number) => `Compared ${figure(done)} of ${count(total, 'post', 'posts')}`,
    cancel: 'Cancel',
    found: (pairs: number) =>
      pairs === 1 ? 'One pair of posts says the same' : `${figure(pairs)} pairs of posts say the same`,
    none: (posts: number) => `No two of your ${figure(posts)} posts say the same.`,
    allIgnored: 'Nothing new: the pairs that say the same are ignored.',
    stale: 'Your library has changed since.',
    again: 'Compare again',
    close: 'Close the report',
    failed: 'Your posts could not be compared.',
    tryAgain: 'Try again',
    pair: (first: string, second: string) => `“${first}” and “${second}”`,
    read: (title: string) => `Open “${title}” in the reader`,
    advice: {
      redirect: (spare: string, kept: string) => `“${spare}” has nothing of its own: redirect it to “${kept}”.`,
      merge: 'Each has something of its own: merge them, and redirect the address that goes.',
      ignore: 'One links to the other, so readers know. It may stay so.',
    },
    ignore: 'Ignore',
    ignoreLabel: (first: string, second: string) => `Ignore that “${first}” and “${second}” say the same`,
    ignored: 'Ignored',
    undo: 'Undo',
    undoLabel: (first: string, second: string) => `Stop ignoring “${first}” and “${second}”`,
    showIgnored: (pairs: number) => `Show ${count(pairs, 'ignored pair', 'ignored pairs')}`,
    hideIgnored: 'Hide ignored pairs',
    ignoreFailed: 'That could not be stored.',
    announceIgnored: 'Ignored.',
    announceBack: 'Shown again.',
  },

  notices: {
    memory: 'These posts are kept until this page closes.',
    full: 'There is no room left to store more.',
    fullRemedy: 'Free some space on this device, or remove posts, then import again.',
    failed: 'The list could not be read.',
    again: 'Try again',
    deleteFailed: 'That did not work.',
  },

  removed: {
    count: (posts: number) => `${count(posts, 'post', 'posts')} deleted.`,
    restore: 'Undo',
    close: 'Close',
    one: (title: string) => `Deleted “${title}”`,
    undoOne: (title: string) => `Put “${title}” back`,
    announceBack: (title: string) => `“${title}” is back.`,
    announceAllBack: 'The deleted posts are back.',
  },

  list: {
    label: 'Posts',
    search: 'Search your posts',
    clearSearch: 'Clear the search',
    sort: 'Sort by',
    sorts: {
      date: 'Date',
      title: 'Title',
      words: 'Words',
      source: 'Source',
    } satisfies Record<PostQuery['sort'], string>,
    /** The order, seen from what is at the top. */
    directions: {
      date: { up: 'oldest first', down: 'newest first' },
      title: { up: 'A to Z', down: 'Z to A' },
      words: { up: 'shortest first', down: 'longest first' },
      source: { up: 'A to Z', down: 'Z to A' },
    } satisfies Record<PostQuery['sort'], { up: string; down: string }>,
    reverse: (direction: string) => `Order: ${direction}. Reverse it`,
    found: (posts: number) => (posts === 0 ? 'No post found' : `${count(posts, 'post', 'posts')} found`),
    columns: { select: 'Selected', title: 'Title', tags: 'Tags', source: 'Source', date: 'Date', words: 'Words' },
    columnState: 'Embedded',
    columnDelete: 'Delete',
    kinds: { post: null, note: 'Note', video: 'Video' } satisfies Record<PostKind, string | null>,
    untitled: 'Untitled',
    places: (places: number) => `in ${figure(places)} places`,
    words: (words: number) => count(words, 'word', 'words'),
    wordsUnit: (words: number) => (words === 1 ? 'word' : 'words'),
    embedded: 'Embedded',
    partly: (done: number, total: number) => `${figure(done)} of ${count(total, 'passage', 'passages')} embedded`,
    partlyShort: (done: number, total: number) => `${figure(done)}/${figure(total)}`,
    waiting: 'Waiting to be embedded',
    open: (title: string) => `Open “${title}” in the reader`,
    remove: (title: string) => `Delete “${title}”`,
    select: (title: string) => `Select “${title}”`,
    selected: (posts: number) => `${figure(posts)} selected`,
    removeSelected: 'Delete them',
    unselect: 'Select none',
    keys: 'Arrow keys move between posts, Enter opens one, Space selects it, Delete deletes it.',
    nothing: (words: string) => `No post matches “${words}”.`,
    nothingMore: 'The search looks at titles, text, tags and sources, and wants every word.',
    clear: (posts: number) => (posts === 1 ? 'Delete the one post' : `Delete all ${figure(posts)} posts`),
    more: 'More',
  },
};
