// Restores a backup: checks the whole file, stages it beside the library, makes it the library in one transaction, and takes it back on request.
import { blobSource, readBackup, type BackedPost, type BackupHead, type ReadVectors } from '../../backup/index.ts';
import type { RestoreOptions, RestoreReport } from '../../backupApi.ts';
import type { Draft } from '../../draft.ts';
import { spaceKey, type SpaceKey } from '../../embedding.ts';
import { isKindredError, KindredError } from '../../errors.ts';
import type { PostId } from '../../post.ts';
import {
  createRestoreChanges,
  type Committed,
  type RestoreChanges,
  type StagedPost,
} from '../../store/restoreChanges.ts';
import type { PassageRecord, StoredPost } from '../../store/schema.ts';
import type { Parts } from '../assemble.ts';
import { openSpaces } from '../space.ts';
import { revisionOf, wordCount } from '../revision.ts';
import { inspectBackup, type Inspected } from './inspect.ts';
import { choiceIn, settingsToRestore } from './keptSettings.ts';
import type { ProgressTeller } from './progress.ts';
import { cutOf, rowsFor } from './restoredVectors.ts';
import { alone } from './restoreLock.ts';

export type RestorePorts = Pick<Parts, 'store' | 'spaces' | 'shelf' | 'models'> & { now: () => number };

/** What has been staged so far. */
interface Tally {
  added: PostId[];
  changed: PostId[];
  unchanged: number;
  /** Posts that lacked vectors and have them now. */
  completed: PostId[];
  vectors: number;
  withVectors: number;
  drafts: Draft[];
  settings: Record<string, unknown>;
  page: unknown;
}

export class Restores {
  readonly #ports: RestorePorts;
  readonly #changes: RestoreChanges;

  constructor(ports: RestorePorts) {
    this.#ports = ports;
    this.#changes = createRestoreChanges(ports.store.base);
  }

  /** See LibraryApi. */
  run(file: Blob, options: RestoreOptions, tell: ProgressTeller): Promise<RestoreReport> {
    return alone(async () => {
      const { store } = this.#ports;
      await store.restores.rollback();
      const last = await store.restores.lastNote();
      // The tab that did it was gone before it could say so.
      if (last !== null && last.id === options.id && !last.undone) return last.report;
      const inspected = await inspectBackup(this.#ports, blobSource(file), {
        signal: options.signal,
        onPosts: (posts) => tell('checking', posts, posts),
      });
      await this.#refuseWithoutRoom(file.size);
      // A space that was opened between staging and committing would take the vectors for those of posts that are gone.
      const { report, model } = await this.#holdingSpaces(async () => {
        const tally = await this.#stageOrTakeBack(file, inspected, options, tell);
        tell('finishing', tally.added.length + tally.changed.length, inspected.contents.posts);
        return {
          report: await this.#finish(inspected, tally, options),
          model: modelOf(inspected.head, tally, options),
        };
      });
      if (options.mode === 'replace') await this.#readWith(model);
      return report;
    });
  }

  #holdingSpaces<T>(work: () => Promise<T>): Promise<T> {
    return openSpaces(this.#ports.spaces).reduce(
      (inner, { session }) =>
        () =>
          session.between(inner),
      work,
    )();
  }

  async #stageOrTakeBack(
    file: Blob,
    inspected: Inspected,
    options: RestoreOptions,
    tell: ProgressTeller,
  ): Promise<Tally> {
    const { store } = this.#ports;
    const before = store.state.kind;
    try {
      const tally = await this.#stage(file, inspected, options, tell);
      options.signal?.throwIfAborted();
      if (store.state.kind !== before) throw noRoom(file.size, null);
      return tally;
    } catch (error) {
      await store.restores.rollback();
      await store.drain();
      throw error;
    }
  }

  /** See BackupApi. */
  async undo(id: string): Promise<unknown> {
    const { store, shelf } = this.#ports;
    const kept = await this.#changes.lastUndo();
    if (kept === null || kept.id !== id) {
      const message = 'This restore can not be undone any more: it is too long ago, or another one was made since.';
      throw new KindredError('unexpected', message, { item: id });
    }
    if (kept.undone) return null;
    const { change, at, page } = kept;
    // Drafts written since are the author's, not the restore's.
    const since = new Set((await store.drafts.all()).filter((draft) => draft.updatedAt > at).map((draft) => draft.id));
    await this.#changes.undo(kept, {
      ...change,
      drafts: change.drafts.filter((draft) => !since.has(draft.id)),
      goneDrafts: change.goneDrafts.filter((draft) => !since.has(draft)),
    });
    await shelf.reload([...change.posts.map((stored) => stored.id), ...change.gonePosts]);
    return page;
  }

  async #stage(
    file: Blob,
    { head, contents }: Inspected,
    options: RestoreOptions,
    tell: ProgressTeller,
  ): Promise<Tally> {
    const key = this.#keyToTake(head, options);
    const tally: Tally = {
      added: [],
      changed: [],
      unchanged: 0,
      completed: [],
      vectors: 0,
      withVectors: 0,
      drafts: [],
      settings: {},
      page: null,
    };
    let done = 0;
    // Read once more, and so checked once more: the file may have changed meanwhile.
    for await (const part of readBackup(blobSource(file), { signal: options.signal })) {
      if (part.kind === 'drafts') tally.drafts.push(...part.drafts);
      if (part.kind === 'settings') [tally.settings, tally.page] = [part.settings.library, part.settings.page];
      if (part.kind !== 'posts') continue;
      await this.#stagePosts(
        part.posts,
        key === null ? new Map() : part.vectors,
        { head, key, mode: options.mode },
        tally,
      );
      done += part.posts.length;
      tell('restoring', done, contents.posts);
    }
    return tally;
  }

  async #stagePosts(
    posts: readonly BackedPost[],
    vectors: ReadonlyMap<PostId, ReadVectors>,
    { head, key, mode }: { head: BackupHead; key: SpaceKey | null; mode: RestoreOptions['mode'] },
    tally: Tally,
  ): Promise<void> {
    const { store } = this.#ports;
    const rule = head.vectors?.rule ?? '';
    const staging = posts.map(({ post, importedAt }): StagedPost => {
      const own = vectors.get(post.id);
      const stored = { id: post.id, revision: revisionOf(post), words: wordCount(post.text), importedAt, post };
      return { stored, passages: own === undefined ? null : { rule, cut: cutOf(own) } };
    });
    const wins = (staged: StoredPost, there: StoredPost): boolean =>
      mode === 'replace' || staged.importedAt > there.importedAt;
    const { added, changed, unchanged, records } = await this.#changes.stage(staging, wins);
    tally.added.push(...added);
    tally.changed.push(...changed);
    tally.unchanged += unchanged.length;
    tally.withVectors += records.length;
    if (key === null || head.vectors === null) return;
    const kept = await this.#completeUnchanged(unchanged, staging, rule);
    tally.completed.push(...kept.map(({ post }) => post));
    const rows = rowsFor([...records, ...kept], vectors, head.vectors.space.dimension);
    if (rows.ids.length === 0) return;
    await store.vectors.append(key, head.vectors.space.dimension, rows);
    tally.vectors += rows.ids.length;
  }

  /** Records of posts that are here already, of the same text, and still wait for their vectors. */
  async #completeUnchanged(
    ids: readonly PostId[],
    staging: readonly StagedPost[],
    rule: string,
  ): Promise<PassageRecord[]> {
    const { store, spaces } = this.#ports;
    const { catalogue } = spaces.current;
    const known = new Map(staging.map((one) => [one.stored.id, one]));
    const records: PassageRecord[] = [];
    for (const id of ids) {
      const staged = known.get(id);
      const entry = catalogue.get(id);
      if (staged === undefined || staged.passages === null || entry === undefined) continue;
      if (!catalogue.isWaiting(entry) || entry.revision !== staged.stored.revision) continue;
      const record = await store.passages.replace(id, staged.stored.revision, rule, staged.passages.cut);
      if (record !== null) records.push(record);
    }
    return records;
  }

  async #finish({ posts }: Inspected, tally: Tally, options: RestoreOptions): Promise<RestoreReport> {
    const { store, shelf, now } = this.#ports;
    const replace = options.mode === 'replace';
    const here = await store.drafts.all();
    const updatedAt = new Map(here.map((draft) => [draft.id, draft.updatedAt]));
    const drafts = tally.drafts.filter((draft) => replace || draft.updatedAt > (updatedAt.get(draft.id) ?? -Infinity));
    const restored = new Set(tally.drafts.map(({ id }) => id));
    const id = options.id ?? crypto.randomUUID();
    const reportOf = ({ added, changed, removed }: Committed): RestoreReport => ({
      id,
      added: added.length,
      changed: changed.length,
      removed: removed.length,
      unchanged: tally.unchanged,
      drafts: drafts.length,
      vectors: tally.vectors,
      queued: added.length + changed.length - tally.withVectors,
      page: tally.page,
    });
    const committed = await this.#changes
      .commit({
        keep: replace ? posts : null,
        drafts,
        goneDrafts: replace ? here.map(({ id }) => id).filter((id) => !restored.has(id)) : [],
        settings: await settingsToRestore(tally.settings, options.mode, store.settings),
        note: (done) => ({ id, at: now(), report: reportOf(done), page: options.page ?? null }),
      })
      .catch(async (error: unknown) => {
        await store.restores.rollback();
        throw error;
      });
    const { added, changed, removed } = committed;
    await shelf.reload([...removed, ...added, ...changed, ...tally.completed]);
    return reportOf(committed);
  }

  /** The space whose vectors are worth keeping; null when those of the file are of one that nothing here will ask for. */
  #keyToTake({ vectors }: BackupHead, { mode, vectors: wanted }: RestoreOptions): SpaceKey | null {
    if (vectors === null || !wanted) return null;
    const { spaces, models } = this.#ports;
    const key = spaceKey(vectors.space);
    const open = spaces.current.vectors.space;
    const followed = mode === 'replace' && models.status().options.some(({ id }) => id === vectors.model);
    // While no model is ready nobody knows; what turns out to be of another space is cleared as that of any earlier one is.
    return open === null || open === key || spaces.next?.vectors.space === key || followed ? key : null;
  }

  /** Reads the library with the model of the backup, where there is one of that name. */
  async #readWith(model: string | null): Promise<void> {
    if (model === null) return;
    await this.#ports.models.choose(model).catch((error: unknown) => {
      if (!isKindredError(error, 'model-missing')) throw error;
    });
  }

  async #refuseWithoutRoom(bytes: number): Promise<void> {
    const { store } = this.#ports;
    const { usedBytes, quotaBytes } = await store.use();
    if (store.state.kind === 'memory' || usedBytes === null || quotaBytes === null) return;
    if (quotaBytes - usedBytes < bytes) throw noRoom(bytes, quotaBytes - usedBytes);
  }
}

function modelOf(head: BackupHead, { settings }: Tally, { vectors }: RestoreOptions): string | null {
  if (vectors && head.vectors !== null) return head.vectors.model;
  const choice = choiceIn(settings);
  return choice?.by === 'person' ? choice.model : null;
}

function noRoom(bytes: number, left: number | null): KindredError {
  const mb = (value: number): string => `${Math.ceil(value / 1e6)} MB`;
  const room = left === null ? 'and they are not left' : `and ${mb(Math.max(0, left))} are left`;
  return new KindredError(
    'storage-full',
    `The backup needs about ${mb(bytes)} in this browser, ${room}. Nothing was changed. Free some space on this device, or restore without vectors.`,
  );
}
