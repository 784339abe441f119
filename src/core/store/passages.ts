// Repository of passage records: which passages a revision of a post has, and which ids their vectors go by.
import type { PostId } from '../post.ts';
import type { Backend } from './backend.ts';
import { META, PASSAGES, POSTS, type PassageRecord } from './schema.ts';
import { isPassageRecord, isStoredPost } from './soundRows.ts';

const NEXT_ID = 'next passage id';

/** A passage as cut: where it stands and the hash of its text. */
export interface CutPassage {
  start: number;
  end: number;
  startS: number | null;
  hash: number;
}

export interface PassageRepository {
  get(post: PostId): Promise<PassageRecord | null>;
  all(): Promise<PassageRecord[]>;
  /**
   * Replaces the passages of a post. A passage whose text the old record already had keeps its id, and so its vector;
   * every other gets an id never used before. Null, and nothing stored, when the post is not of this revision any more.
   */
  replace(post: PostId, revision: string, rule: string, cut: readonly CutPassage[]): Promise<PassageRecord | null>;
}

export function createPassageRepository(backend: Backend): PassageRepository {
  return {
    get: async (post) => {
      const row = await backend.run([PASSAGES], 'readonly', (transaction) => transaction.get(PASSAGES, post));
      return isPassageRecord(row) ? row : null;
    },
    all: async () => (await backend.run([PASSAGES], 'readonly', (t) => t.getAll(PASSAGES))).filter(isPassageRecord),
    replace: (post, revision, rule, cut) =>
      backend.run([POSTS, PASSAGES, META], 'readwrite', async (transaction) => {
        const stored = await transaction.get(POSTS, post);
        if (!isStoredPost(stored) || stored.revision !== revision) return null;
        const old = await transaction.get(PASSAGES, post);
        const kept = isPassageRecord(old) ? idsByHash(old) : new Map<number, number[]>();
        const counter = (await transaction.get(META, NEXT_ID))?.value;
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
        };
        await transaction.put(PASSAGES, record);
        if (next !== counter) await transaction.put(META, { key: NEXT_ID, value: next });
        return record;
      }),
  };
}

function idsByHash(record: PassageRecord): Map<number, number[]> {
  const ids = new Map<number, number[]>();
  record.hashes.forEach((hash, index) => {
    const id = record.ids[index];
    if (id === undefined) return;
    const same = ids.get(hash);
    if (same) same.push(id);
    else ids.set(hash, [id]);
  });
  return ids;
}
