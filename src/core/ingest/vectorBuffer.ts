// Vectors on their way to the disk: gathered for a moment, so that a block is not written again for each post.
import type { SpaceKey, SpaceVectors } from '../embedding.ts';

/** At most this many vectors are lost, and embedded again, when the page closes without warning. */
export const FLUSH_ROWS = 128;
/** Or what this time gave, in milliseconds, where the device is slow. */
export const FLUSH_MS = 1000;

export interface VectorBuffer {
  /** One vector an id. Starts a flush when one is due, without waiting for it. */
  add(ids: readonly number[], vectors: SpaceVectors): void;
  /** Writes what is held; rejects when that fails, and then still holds it. */
  flush(): Promise<void>;
}

export interface VectorBufferPorts {
  save: (ids: readonly number[], vectors: SpaceVectors) => Promise<void>;
  now: () => number;
  /** A flush that nobody waits for has failed; the next one tries again. */
  onError: (error: unknown) => void;
}

interface Held {
  ids: readonly number[];
  vectors: SpaceVectors;
}

export function createVectorBuffer({ save, now, onError }: VectorBufferPorts): VectorBuffer {
  let held: Held[] = [];
  let rows = 0;
  let lastFlush = now();
  let flushing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    if (held.length === 0) return;
    const parts = held;
    held = [];
    rows = 0;
    lastFlush = now();
    // A model may have been changed between two of them.
    const open = new Set(parts.map(({ vectors }) => vectors.space));
    for (const space of open) {
      const own = parts.filter(({ vectors }) => vectors.space === space);
      try {
        await save(
          own.flatMap(({ ids }) => ids),
          join(space, own),
        );
        open.delete(space);
      } catch (error) {
        const left = parts.filter(({ vectors }) => open.has(vectors.space));
        held = [...left, ...held];
        rows += left.reduce((sum, { ids }) => sum + ids.length, 0);
        throw error;
      }
    }
  }

  /** One after the other, whether or not the one before succeeded. */
  function flush(): Promise<void> {
    flushing = flushing.catch(() => undefined).then(write);
    return flushing;
  }

  return {
    flush,
    add(ids, vectors) {
      held.push({ ids, vectors });
      rows += ids.length;
      if (rows >= FLUSH_ROWS || now() - lastFlush >= FLUSH_MS) flush().catch(onError);
    },
  };
}

function join(space: SpaceKey, parts: readonly Held[]): SpaceVectors {
  const rows = new Float32Array(parts.reduce((sum, { vectors }) => sum + vectors.rows.length, 0));
  let at = 0;
  for (const { vectors } of parts) {
    rows.set(vectors.rows, at);
    at += vectors.rows.length;
  }
  return { space, rows };
}
