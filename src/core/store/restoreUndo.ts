// What takes the last restore back, kept beside the library: in rows of the settings, written and ended with what they are about.
import type { RestoreReport } from '../backupApi.ts';
import type { Transaction } from './backend.ts';
import type { LibraryChange } from './restoreChanges.ts';
import { META, type PassageRecord, type StoredPost } from './schema.ts';

export interface UndoNote {
  /** Names the restore. */
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** What was told of it. */
  report: RestoreReport;
  /** What the page remembered by itself before, as JSON. */
  page: unknown;
}

export interface KeptUndo extends UndoNote {
  change: LibraryChange;
  /** It was taken back: nothing of it is kept but that it was. */
  undone: boolean;
}

const PREFIX = 'restore undo/';
const span = { lower: PREFIX, upper: `${PREFIX}\uffff` };
const HEAD = `${PREFIX}head`;
const PART_DIGITS = 9;
/** Posts in one row: what is replaced may be a whole library. */
const POSTS_PER_PART = 100;

interface Head extends UndoNote {
  change: Omit<LibraryChange, 'posts' | 'passages'>;
  undone: boolean;
}

interface Part {
  posts: StoredPost[];
  passages: PassageRecord[];
}

/** In place of that of any restore before. For a transaction over `META`. */
export async function keepUndoIn(transaction: Transaction, note: UndoNote, change: LibraryChange): Promise<void> {
  await forgetUndoIn(transaction);
  const { posts, passages, ...rest } = change;
  const head: Head = { ...note, change: rest, undone: false };
  await transaction.put(META, { key: HEAD, value: head });
  const byPost = new Map<string, PassageRecord[]>();
  for (const record of passages) byPost.set(record.post, [...(byPost.get(record.post) ?? []), record]);
  for (let from = 0; from < posts.length; from += POSTS_PER_PART) {
    const some = posts.slice(from, from + POSTS_PER_PART);
    const part: Part = { posts: some, passages: some.flatMap(({ id }) => byPost.get(id) ?? []) };
    const number = String(from / POSTS_PER_PART).padStart(PART_DIGITS, '0');
    await transaction.put(META, { key: `${PREFIX}part ${number}`, value: part });
  }
}

/** Null where there is none. */
export async function readUndoIn(transaction: Transaction): Promise<KeptUndo | null> {
  const head = await readHeadIn(transaction);
  if (head === null) return null;
  const parts = (await transaction.getAll(META, span))
    .filter(({ key }) => key !== HEAD)
    .map(({ value }) => value as Part);
  const posts = parts.flatMap((part) => part.posts);
  return { ...head, change: { ...head.change, posts, passages: parts.flatMap((part) => part.passages) } };
}

/** Without the posts: what is told of it. Null where there is none. */
export async function readHeadIn(transaction: Transaction): Promise<Head | null> {
  // Written here alone.
  return ((await transaction.get(META, HEAD))?.value as Head | undefined) ?? null;
}

/** Keeps that it was taken back, for whoever asks for it a second time. */
export async function endUndoIn(transaction: Transaction, { id, at, report }: UndoNote): Promise<void> {
  await forgetUndoIn(transaction);
  const change = { gonePosts: [], drafts: [], goneDrafts: [], settings: [], goneSettings: [] };
  const head: Head = { id, at, report, page: null, change, undone: true };
  await transaction.put(META, { key: HEAD, value: head });
}

export async function forgetUndoIn(transaction: Transaction): Promise<void> {
  for (const key of await transaction.getAllKeys(META, span)) await transaction.delete(META, key);
}
