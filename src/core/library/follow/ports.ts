// What following needs of the library.
import type { Removal, ImportReport } from '../../libraryApi.ts';
import type { PostId } from '../../post.ts';
import type { SettingsRepository } from '../../store/settings.ts';
import type { ImportRun } from '../imports.ts';
import type { FeedServerClient } from './feedServer.ts';

export interface FollowPorts {
  settings: SettingsRepository;
  server: FeedServerClient;
  /** Whether a post is in the library. */
  has: (id: PostId) => boolean;
  /** Brings posts in as any import does. */
  arrive: (run: ImportRun) => Promise<ImportReport>;
  /** What was done under a request's id is not done again. */
  remove: (ids: readonly PostId[], request?: string) => Promise<Removal>;
  restore: (removal: string) => Promise<void>;
  now: () => number;
  /** 0 to 1. */
  random: () => number;
  newId: () => string;
  /** Calls back when something in a folder changes, where the browser tells; returns what ends it. */
  observe: (handle: FileSystemDirectoryHandle, onChange: () => void) => () => void;
  /** Returns what calls it off. */
  after: (ms: number, run: () => void) => () => void;
  /** What is followed, or how it stands, is another. */
  onChange: () => void;
}
