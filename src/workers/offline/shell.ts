// What the build tells the service worker: the files of one version of the page, and the headers that they are served with.

export interface Shell {
  /** Names the version: another list of files, or other contents, is another version. */
  version: string;
  /** Relative to the page's address; the page itself is the empty path. */
  files: readonly string[];
  /** The page's first script, by which its version is told. */
  entry: string;
  /** The runtime's own files, of which only those that a device needs are kept. */
  runtime: readonly string[];
  /** Isolation and policy, for hosts that do not send them. */
  headers: Readonly<Record<string, string>>;
}

/** Sent by the page when the author wants the version that waits. */
export const TAKE_OVER = 'kindred:take-over';

/** Sent by a page that has just been opened: what only other versions need may go, should it be alone. */
export const TIDY = 'kindred:tidy';

/** Shared by all versions: the runtime's files have their hash in their name. */
export const RUNTIME_CACHE = 'kindred-runtime';

const SHELL_CACHE = 'kindred-shell-';
export const shellCache = (version: string): string => SHELL_CACHE + version;
export const isShellCache = (name: string): boolean => name.startsWith(SHELL_CACHE);
