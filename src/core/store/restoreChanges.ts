// What a restore makes of a library, once its code is there: backups are seldom, so it comes with them.
//
// New posts are written beside the library's, in batches, each with a row of the journal (restores.ts) that names them; posts that are
// there in another version wait in the journal. One transaction then changes, removes and adds what else there is, and ends the
// journal. What takes it back is kept by the same transaction (restoreUndo.ts).
import type { Draft, DraftId } from '../draft.ts';
import type { PostId } from '../post.ts';
import type { Backend, Transaction } from './backend.ts';
import { digestOf, type PostDigest } from './digest.ts';
import type { DigestChange } from './digests.ts';
import { NEXT_ID, type CutPassage } from './passages.ts';
import type { PostChangeOptions, PostChanges } from './postChanges.ts';
import { takeOut } from './posts.ts';
import { entryOf, JOURNAL, journalSpan, type JournalEntry } from './restores.ts';
import { endUndoIn, keepUndoIn, readUndoIn, type KeptUndo, type UndoNote } from './restoreUndo.ts';
import { DRAFTS, META, PASSAGES, POSTS, type MetaRow, type PassageRecord, type StoredPost } from './schema.ts';
import { isDraft, isStoredPost } from './soundRows.ts';

export interface StagedPost {
  stored: StoredPost;
  /** Its passages under one rule; null to have them cut anew. */
  passages: { rule: string; cut: readonly CutPassage[] } | null;
}

export interface Staged {
  added: PostId[];
  changed: PostId[];
  unchanged: PostId[];
  /** Of those added and changed that came with passages: which ids their vectors go by. */
  records: PassageRecord[];
}

/** All of it is made in one transaction. */
export interface LibraryChange {
  posts: StoredPost[];
  passages: PassageRecord[];
  gonePosts: PostId[];
  drafts: Draft[];
  goneDrafts: DraftId[];
  settings: MetaRow[];
  goneSettings: string[];
}

export interface Commit extends Pick<LibraryChange, 'drafts' | 'goneDrafts' | 'settings'> {
  /** Posts that stay: every other goes. Null lets all stay. */
  keep: ReadonlySet<PostId> | null;
  /** What is noted beside what takes it back. */
  note: (committed: Committed) => UndoNote;
}

export interface Committed {
  added: PostId[];
  changed: PostId[];
  removed: PostId[];
}

export interface RestoreChanges {
  /** Takes posts in, unseen until `commit`. `wins` says whether a post takes the place of another version that is there. */
  stage(posts: readonly StagedPost[], wins: (staged: StoredPost, there: StoredPost) => boolean): Promise<Staged>;
  /** Makes what was staged, and this, the library, and keeps what takes it back; waits for the disk. */
  commit(commit: Commit): Promise<Committed>;
  /** What takes the last restore back; null where there is none any more. */
  lastUndo(): Promise<KeptUndo | null>;
  /** Takes it back: makes this change, and forgets what was kept. */
  undo(kept: KeptUndo, change: LibraryChange): Promise<void>;
}

const KEY_DIGITS = 9;

export function createRestoreChanges({ backend, changes }: { backend: Backend; changes: PostChanges }): RestoreChanges {
  return {
    stage: (posts, wins) =>
      changes.run(async (transaction) => {
        const staged: Staged = { added: [], changed: [], unchanged: [], records: [] };
        const put: PostDigest[] = [];
        const entry: JournalEntry = { added: [], changed: [] };
        const [counter, rows] = await Promise.all([
          transaction.get(META, NEXT_ID).then((row) => row?.value),
          Promise.all(posts.map(({ stored }) => transaction.get(POSTS, stored.id))),
        ]);
        const known = new Map(posts.map(({ stored }, index) => [stored.id, rows[index]]));
        let next = typeof counter === 'number' ? counter : 1;
        for (const { stored, passages } of posts) {
          const there = known.get(stored.id);
          if (isStoredPost(there) && (there.revision === stored.revision || !wins(stored, there))) {
            staged.unchanged.push(stored.id);
            continue;
          }
          const record = passages === null ? null : recordOf(stored, passages, next);
          if (record !== null) {
            next += record.ids.length;
            staged.records.push(record);
          }
          if (there === undefined) {
            await transaction.put(POSTS, stored);
            known.set(stored.id, stored);
            if (record !== null) await transaction.put(PASSAGES, record);
            entry.added.push(stored.id);
            put.push(digestOf(stored));
          } else {
            entry.changed.push({ stored, record });
          }
        }
        staged.added = entry.added;
        staged.changed = entry.changed.map(({ stored }) => stored.id);
        if (next !== counter) await transaction.put(META, { key: NEXT_ID, value: next });
        if (entry.added.length + entry.changed.length === 0) return { result: staged, digests: {} };
        const number = (await transaction.getAllKeys(META, journalSpan)).length;
        await transaction.put(META, { key: JOURNAL + String(number).padStart(KEY_DIGITS, '0'), value: entry });
        return { result: staged, digests: { put } };
      }),

    commit: ({ keep, drafts, goneDrafts, settings, note }) =>
      changes.run(async (transaction) => {
        const added: PostId[] = [];
        const change: LibraryChange = {
          posts: [],
          passages: [],
          gonePosts: [],
          drafts,
          goneDrafts,
          settings,
          goneSettings: [],
        };
        for (const row of await transaction.getAll(META, journalSpan)) {
          const entry = entryOf(row);
          added.push(...entry.added);
          change.posts.push(...entry.changed.map(({ stored }) => stored));
          change.passages.push(...entry.changed.flatMap(({ record }) => record ?? []));
          await transaction.delete(META, row.key);
        }
        if (keep !== null) {
          change.gonePosts = (await transaction.getAllKeys(POSTS)).filter((id) => !keep.has(id));
        }
        const inverse = await applyIn(transaction, change);
        const result = { added, changed: change.posts.map(({ id }) => id), removed: change.gonePosts };
        const back = { ...inverse, gonePosts: [...inverse.gonePosts, ...added] };
        await keepUndoIn(transaction, note(result), back);
        return { result, digests: digestsOf(change) };
      }, WITH_DRAFTS),

    lastUndo: () => backend.run([META], 'readonly', readUndoIn),
    undo: (kept, change) =>
      changes.run(async (transaction) => {
        await applyIn(transaction, change);
        await endUndoIn(transaction, kept);
        return { result: undefined, digests: digestsOf(change) };
      }, WITH_DRAFTS),
  };
}

const WITH_DRAFTS: PostChangeOptions = { stores: [DRAFTS], durability: 'strict' };

const digestsOf = ({ posts, gonePosts }: LibraryChange): DigestChange => ({
  put: posts.map(digestOf),
  remove: gonePosts,
});

async function applyIn(transaction: Transaction, change: LibraryChange): Promise<LibraryChange> {
  const before: LibraryChange = {
    posts: [],
    passages: [],
    gonePosts: [],
    drafts: [],
    goneDrafts: [],
    settings: [],
    goneSettings: [],
  };
  const places = [...change.posts.map((stored) => stored.id), ...change.gonePosts];
  Object.assign(before, await takeOut(transaction, places));
  const there = new Set(before.posts.map(({ id }) => id));
  before.gonePosts = places.filter((id) => !there.has(id));
  for (const stored of change.posts) await transaction.put(POSTS, stored);
  for (const record of change.passages) await transaction.put(PASSAGES, record);

  for (const id of [...change.drafts.map((draft) => draft.id), ...change.goneDrafts]) {
    const there = await transaction.get(DRAFTS, id);
    if (isDraft(there)) before.drafts.push(there);
    else before.goneDrafts.push(id);
    await transaction.delete(DRAFTS, id);
  }
  for (const draft of change.drafts) await transaction.put(DRAFTS, draft);

  for (const key of [...change.settings.map((row) => row.key), ...change.goneSettings]) {
    const there = await transaction.get(META, key);
    if (there === undefined) before.goneSettings.push(key);
    else before.settings.push(there);
    await transaction.delete(META, key);
  }
  for (const row of change.settings) await transaction.put(META, row);
  return before;
}

function recordOf(
  { id, revision }: StoredPost,
  { rule, cut }: NonNullable<StagedPost['passages']>,
  first: number,
): PassageRecord {
  return {
    post: id,
    revision,
    rule,
    ids: Uint32Array.from(cut, (_, index) => first + index),
    starts: Uint32Array.from(cut, ({ start }) => start),
    ends: Uint32Array.from(cut, ({ end }) => end),
    startS: Float64Array.from(cut, ({ startS }) => startS ?? NaN),
    hashes: Float64Array.from(cut, ({ hash }) => hash),
  };
}
