// Rows that tests put into stores.
import { spaceKey, type SpaceKey } from '../core/embedding.ts';
import { postId } from '../core/post.ts';
import type { StoredPost } from '../core/store/schema.ts';
import type { VectorRows } from '../core/store/vectorBlock.ts';
import { makePost } from './makePost.ts';

/** Numbers of a vector in these rows. */
export const DIMENSION = 8;

export const spaceNamed = (model: string): SpaceKey =>
  spaceKey({
    model,
    modelHash: 'a',
    tokenizerHash: 'b',
    pooling: 'mean',
    prefix: '',
    normalised: true,
    dimension: DIMENSION,
    passageRule: 'rule-1',
    numeric: 'int8',
  });

export const storedPost = (id: string, text = `Text of ${id}.`, revision = 'r1'): StoredPost => ({
  id: postId(id),
  revision,
  words: text.split(' ').length,
  importedAt: 1,
  post: makePost(id, text),
});

/** Rows whose codes tell their id. */
export function rowsOf(ids: readonly number[]): VectorRows {
  return {
    ids: Uint32Array.from(ids),
    codes: Int8Array.from(
      { length: ids.length * DIMENSION },
      (_, i) => ((ids[Math.floor(i / DIMENSION)] ?? 0) % 100) + (i % DIMENSION),
    ),
    scales: Float32Array.from(ids, (id) => id / 1000),
  };
}
