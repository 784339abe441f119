// What following needs of the library.
import type * as importers from '../../importers/index.ts';
import type { Removal, ImportReport } from '../../libraryApi.ts';
import type { PostId } from '../../post.ts';
import type { Transaction } from '../../store/backend.ts';
import type { SettingsRepository } from '../../store/settings.ts';
import type { ImportRun } from '../imports.ts';
import type { FeedServerClient } from './feedServer.ts';

/** What reads files. Handed over rather than imported, as it comes with the library and this part later. */
export type FileReading = Pick<
  typeof importers,
  'importFiles' | 'isConfigFile' | 'isFolderOfPosts' | 'isPostByItself' | 'isPostFile'
>;

export interface FollowPorts {
  reading: FileReading;
  settings: SettingsRepository;
  /** As `settings.put`, in a transaction that is open. */
  note: (transaction: Transaction, key: string, value: unknown) => Promise<void>;
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
