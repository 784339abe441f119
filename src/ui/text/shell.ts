// Words of the frame around every view: navigation, the mark, search and commands, keys, notices.
import { count } from './count.ts';

export const shell = {
  name: 'Kindred',
  description: 'Related posts while you write',
  skip: 'Skip to the text',
  skipToView: 'Skip to the page',
  navigation: 'Views',
  views: { write: 'Write', library: 'Library', status: 'Status' },
  pageTitle: (view: string) => `${view} · Kindred`,

  mark: {
    onDevice: 'on this device',
    opening: 'opening your library',
    failed: 'library did not open',
    posts: (posts: number) => count(posts, 'post', 'posts'),
    opens: 'Open Status',
  },
  plan: (provider: 'webgpu' | 'wasm', threads: number, workers: number) =>
    provider === 'webgpu' ? 'WebGPU' : threads * workers > 1 ? `WASM ×${threads * workers}` : 'WASM',

  promise: 'Nothing you write leaves this page.',

  search: {
    open: 'Search and commands',
    field: 'Search posts and commands',
    placeholder: 'Search your posts, or type a command',
    posts: 'Posts',
    commands: 'Commands',
    nothing: (words: string) => `No post or command matches “${words}”.`,
    results: 'Posts and commands found',
  },
  commands: {
    write: 'Go to Write',
    library: 'Go to Library',
    status: 'Go to Status',
    newDraft: 'New draft',
    addPosts: 'Add posts',
    backup: 'Back up or restore the library',
    keys: 'Show the keys',
    light: 'Light appearance',
    dark: 'Dark appearance',
    system: 'Appearance as on this device',
    moreContrast: 'High contrast',
    lessContrast: 'Contrast as on this device',
    bringBack: 'Bring back dismissed suggestions',
  },

  keys: {
    open: 'Keys',
    title: 'Keys',
    close: 'Close',
    everywhere: 'Everywhere',
    writing: 'While you write',
    search: 'Search posts and commands',
    sheet: 'Show these keys, outside text fields',
    next: 'Next suggestion',
    previous: 'Previous suggestion',
    insert: 'Insert a link to it at the caret',
    dismiss: 'Dismiss it',
    read: 'Open it in the reader',
    back: 'Back to the text, where the caret was',
    then: 'then',
  },

  appearance: {
    button: 'Appearance',
    title: 'Appearance',
    theme: 'Colours',
    system: 'As on this device',
    light: 'Light',
    dark: 'Dark',
    moreContrast: 'High contrast',
  },

  notices: { region: 'Notices', close: 'Close this notice' },
  newVersion: {
    message: 'A new version of Kindred is here. Your drafts and posts stay as they are.',
    take: 'Reload to use it',
  },
  undo: 'Undo',
  close: 'Close',
  loadingView: 'Opening',
  viewFailed: {
    title: 'This view stopped working',
    body: 'Your drafts and your library are stored and unharmed.',
    retry: 'Show it again',
    reload: 'Reload the page',
    elsewhere: 'Go to Write',
  },
  noLibrary: {
    title: 'Your library did not open',
    reload: 'Reload the page',
  },
};
