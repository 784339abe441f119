// Vectors on their way to the disk: gathered for a moment, so that a block is not written again for each post.

/** At most this many vectors are lost, and embedded again, when the page closes without warning. */
export const FLUSH_ROWS = 128;
/** Or what this time gave, in milliseconds, where the device is slow. */
export const FLUSH_MS = 1000;

export interface VectorBuffer {
  /** `vectors` has ids.length × dimension numbers. Starts a flush when one is due, without waiting for it. */
  add(ids: readonly number[], vectors: Float32Array): void;
  /** Writes what is held; rejects when that fails, and then still holds it. */
  flush(): Promise<void>;
}

export interface VectorBufferPorts {
  save: (ids: readonly number[], vectors: Float32Array) => Promise<void>;
  now: () => number;
  /** A flush that nobody waits for has failed; the next one tries again. */
  onError: (error: unknown) => void;
}

export function createVectorBuffer({ save, now, onError }: VectorBufferPorts): VectorBuffer {
  let held: { ids: readonly number[]; vectors: Float32Array }[] = [];
  let rows = 0;
  let lastFlush = now();
  let flushing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    if (held.length === 0) return;
    const parts = held;
    const count = rows;
    held = [];
    rows = 0;
    lastFlush = now();
    const all = new Float32Array(parts.reduce((sum, part) => sum + part.vectors.length, 0));
    let at = 0;
    for (const { vectors } of parts) {
      all.set(vectors, at);
      at += vectors.length;
    }
    try {
      await save(
        parts.flatMap((part) => part.ids),
        all,
      );
    } catch (error) {
      held = [...parts, ...held];
      rows += count;
      throw error;
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
