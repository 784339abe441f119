// From the vectors of a backup, which go by post, to rows of the store, which go by the ids of passages.
import type { ReadVectors } from '../../backup/index.ts';
import type { PostId } from '../../post.ts';
import type { PassageRecord } from '../../store/schema.ts';
import type { VectorRows } from '../../store/vectorBlock.ts';

/** Where the passages of a post stand, as the store takes them. */
export const cutOf = ({ passages: { starts, ends, startS, hashes } }: ReadVectors) =>
  starts.map((start, index) => ({
    start,
    end: ends[index] ?? start,
    startS: startS[index] ?? null,
    hash: hashes[index] ?? 0,
  }));

/** The rows of these records, under the ids that the records give them. */
export function rowsFor(
  records: readonly PassageRecord[],
  vectors: ReadonlyMap<PostId, ReadVectors>,
  dimension: number,
): VectorRows {
  const found = records.flatMap((record) => {
    const own = vectors.get(record.post);
    return own === undefined ? [] : { ids: record.ids, own };
  });
  const count = found.reduce((sum, { ids }) => sum + ids.length, 0);
  const rows = {
    ids: new Uint32Array(count),
    codes: new Int8Array(count * dimension),
    scales: new Float32Array(count),
  };
  let row = 0;
  for (const { ids, own } of found) {
    rows.ids.set(ids, row);
    rows.scales.set(own.scales, row);
    rows.codes.set(own.codes, row * dimension);
    row += ids.length;
  }
  return rows;
}
