// Opens the library's storage: IndexedDB where the browser gives it, memory where it does not, with the reason.
import { isKindredError } from '../errors.ts';
import type { DamagedBlock } from '../libraryApi.ts';
import type { Backend } from './backend.ts';
import { createDraftRepository, type DraftRepository } from './drafts.ts';
import { createIndexedBackend } from './indexedBackend.ts';
import { createMemoryBackend } from './memoryBackend.ts';
import { openDatabase, type OpenDatabaseOptions } from './openDatabase.ts';
import { createPassageRepository, type PassageRepository } from './passages.ts';
import { createPostChanges, type PostChanges } from './postChanges.ts';
import { createPostRepository, type PostRepository } from './posts.ts';
import { probeRoom } from './probeRoom.ts';
import { platformStorage, storageUse, type StorageManagerLike, type StorageUse } from './quota.ts';
import { createRequestRepository, type RequestRepository } from './requests.ts';
import { createRestoreRepository, type RestoreRepository } from './restores.ts';
import { createSettingsRepository, type SettingsRepository } from './settings.ts';
import { createSpaceRepository, type SpaceRepository } from './spaces.ts';
import { createSpillingBackend } from './spillingBackend.ts';
import { createVectorRepository, type VectorRepository } from './vectors.ts';

/** Where rows go at present. */
export interface StoreState {
  kind: 'indexeddb' | 'memory';
  /** Why rows are kept in memory only, and what to do about it; null while the disk takes them. */
  reason: string | null;
}

export interface Store {
  readonly state: StoreState;
  /** Blocks that could not be used, as they were found. */
  readonly damaged: readonly DamagedBlock[];
  readonly posts: PostRepository;
  readonly passages: PassageRepository;
  readonly vectors: VectorRepository;
  readonly spaces: SpaceRepository;
  readonly drafts: DraftRepository;
  readonly settings: SettingsRepository;
  readonly restores: RestoreRepository;
  readonly requests: RequestRepository;
  /** What repositories are made over that come late. */
  readonly base: { backend: Backend; changes: PostChanges };
  use(): Promise<StorageUse>;
  /** As `probeRoom`; null where rows go to memory. */
  roomUpTo(bytes: number): Promise<number | null>;
  /** After room was made: moves to the disk what was kept in memory only. True when nothing is left there. */
  drain(): Promise<boolean>;
  close(): Promise<void>;
}

export interface OpenStoreOptions extends OpenDatabaseOptions {
  /** Called when the state changes after opening. */
  onState?: (state: StoreState) => void;
  storage?: StorageManagerLike | undefined;
  /** Wraps the backend over IndexedDB: a library that several tabs share is `fenced`, and tests make it fail. */
  wrap?: (backend: Backend) => Backend;
}

const NO_INDEXED_DB =
  'This browser gives no lasting storage here, as in private windows or when site data are blocked. The library lives until you close the page. Use a normal window or allow site data to keep it.';
const DISK_FULL =
  'The browser has no room left for this site. What was stored before is kept; what came since lives until you close the page. Remove posts or free disk space to keep it.';

/**
 * Rejects with `storage-newer` when a newer version wrote the library, and with `storage-blocked` when another tab holds
 * an older one open: memory would hide the author's own library there. Any other failure to open leads to memory.
 */
export async function openStore(options: OpenStoreOptions = {}): Promise<Store> {
  const {
    onState = () => undefined,
    storage = platformStorage(),
    wrap = (backend: Backend): Backend => backend,
  } = options;
  const asMemory = (reason: string): Store =>
    storeOver(createMemoryBackend(), { kind: 'memory', reason }, storage, () => Promise.resolve(false));

  // Reading the property throws in some sandboxed frames, and it is null in some private modes.
  const platform = globalThis as { indexedDB?: IDBFactory | null };
  try {
    if (!platform.indexedDB) return asMemory(NO_INDEXED_DB);
    const disk = wrap(createIndexedBackend(await openDatabase(options)));
    const state: StoreState = { kind: 'indexeddb', reason: null };
    const move = (kind: StoreState['kind'], reason: string | null): void => {
      Object.assign(state, { kind, reason });
      onState({ kind, reason });
    };
    const backend = createSpillingBackend(disk, () => move('memory', DISK_FULL));
    return storeOver(backend, state, storage, async () => {
      const drained = await backend.drain();
      if (drained && state.kind === 'memory') move('indexeddb', null);
      return drained;
    });
  } catch (error) {
    if (isKindredError(error, 'storage-newer') || isKindredError(error, 'storage-blocked')) throw error;
    return asMemory(NO_INDEXED_DB);
  }
}

function storeOver(
  backend: Backend,
  state: StoreState,
  storage: StorageManagerLike | undefined,
  drain: () => Promise<boolean>,
): Store {
  const damaged: DamagedBlock[] = [];
  const onDamaged = (found: DamagedBlock): void => {
    const known = damaged.some(({ what, block }) => what === found.what && block === found.block);
    if (!known) damaged.push(found);
  };
  const changes = createPostChanges(backend, onDamaged);
  return {
    state,
    damaged,
    posts: createPostRepository(backend, changes),
    passages: createPassageRepository(backend),
    vectors: createVectorRepository(backend, onDamaged),
    spaces: createSpaceRepository(backend),
    drafts: createDraftRepository(backend),
    settings: createSettingsRepository(backend),
    restores: createRestoreRepository(backend, changes),
    requests: createRequestRepository(backend),
    base: { backend, changes },
    use: () => storageUse(storage),
    roomUpTo: async (bytes) => (state.kind === 'memory' ? null : probeRoom(storage, bytes)),
    drain,
    close: () => backend.close(),
  };
}
