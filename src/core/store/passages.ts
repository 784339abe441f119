// Repository of passage records: which passages a rule cuts a revision of a post into, and which ids their vectors go by.
import type { PostId } from '../post.ts';
import type { Backend, KeySpan, Transaction } from './backend.ts';
import { META, PASSAGES, POSTS, type LeftOut, type PassageKey, type PassageRecord } from './schema.ts';
import { isPassageRecord, isStoredPost } from './soundRows.ts';

/** Setting that counts the ids given. */
export const NEXT_ID = 'next passage id';

/** A passage as cut: where it stands and the hash of its text. */
export interface CutPassage {
  start: number;
  end: number;
  startS: number | null;
  hash: number;
}

export interface PassageRepository {
  /** Those of a post under every rule. */
  of(post: PostId): Promise<PassageRecord[]>;
  /** Those of every post under one rule. */
  all(rule: string): Promise<PassageRecord[]>;
  /**
   * Replaces the passages of a post under a rule. A passage whose text an older record of the post has, of whichever rule,
   * keeps its id, and so its vectors; every other gets an id never used before. Null, and nothing stored, when the post is
   * not of this revision any more. `leftOut` is what the passages lack of the post.
   */
  replace(
    post: PostId,
    revision: string,
    rule: string,
    cut: readonly CutPassage[],
    leftOut?: LeftOut,
  ): Promise<PassageRecord | null>;
}

export function createPassageRepository(backend: Backend): PassageRepository {
  return {
    of: (post) => backend.run([PASSAGES], 'readonly', (transaction) => recordsOf(transaction, post)),
    all: async (rule) =>
      (await backend.run([PASSAGES], 'readonly', (t) => t.getAll(PASSAGES))).filter(
        (row) => isPassageRecord(row) && row.rule === rule,
      ),
    replace: (post, revision, rule, cut, leftOut) =>
      backend.run([POSTS, PASSAGES, META], 'readwrite', async (transaction) => {
        const [stored, records, row] = await Promise.all([
          transaction.get(POSTS, post),
          recordsOf(transaction, post),
          transaction.get(META, NEXT_ID),
        ]);
        if (!isStoredPost(stored) || stored.revision !== revision) return null;
        const kept = idsByHash(records, rule);
        const counter = row?.value;
        let next = typeof counter === 'number' ? counter : 1;
        const record: PassageRecord = {
          post,
          revision,
          rule,
          ids: Uint32Array.from(cut, ({ hash }) => kept.get(hash)?.shift() ?? next++),
          starts: Uint32Array.from(cut, (passage) => passage.start),
          ends: Uint32Array.from(cut, (passage) => passage.end),
          startS: Float64Array.from(cut, (passage) => passage.startS ?? NaN),
          hashes: Float64Array.from(cut, (passage) => passage.hash),
          ...(leftOut === undefined ? {} : { leftOut }),
        };
        await transaction.put(PASSAGES, record);
        if (next !== counter) await transaction.put(META, { key: NEXT_ID, value: next });
        return record;
      }),
  };
}

/** Keys of a post's records under every rule. */
export const spanOf = (post: PostId): KeySpan<PassageKey> => ({ lower: [post, ''], upper: [post, '\uffff'] });

/** The records of a post under every rule. */
export async function recordsOf(transaction: Transaction, post: PostId): Promise<PassageRecord[]> {
  return (await transaction.getAll(PASSAGES, spanOf(post))).filter(isPassageRecord);
}

/** Ids that each text may keep: those that this rule gave it, then those that only another rule gave it. */
function idsByHash(records: readonly PassageRecord[], rule: string): Map<number, number[]> {
  const ids = new Map<number, Set<number>>();
  const own = records.filter((record) => record.rule === rule);
  for (const record of [...own, ...records.filter((other) => other.rule !== rule)]) {
    record.hashes.forEach((hash, index) => {
      const id = record.ids[index];
      if (id !== undefined) ids.set(hash, (ids.get(hash) ?? new Set()).add(id));
    });
  }
  return new Map([...ids].map(([hash, known]) => [hash, [...known]]));
}
