// Vectors as they come from a model: only ever beside those of their own space, and as rows of bytes.
import type { SpaceKey, SpaceVectors } from '../embedding.ts';
import { KindredError } from '../errors.ts';
import { quantise } from '../search/quantise.ts';
import type { VectorRows } from '../store/vectorBlock.ts';

/** Vectors of two spaces mean nothing to each other, however alike they look. */
export function refuseOther(vectors: SpaceVectors, space: SpaceKey): void {
  if (vectors.space === space) return;
  const message = `Vectors of ${vectors.space} were to be compared with those of ${space}; they are of another model. They are computed again.`;
  throw new KindredError('space-mismatch', message, { item: vectors.space });
}

/** Unit vectors, ids.length × dimension, as int8 rows. */
export function quantiseRows(ids: readonly number[], vectors: Float32Array, dimension: number): VectorRows {
  const { values, scales } = quantise(vectors, dimension);
  return { ids: Uint32Array.from(ids), codes: values, scales };
}
