// Vectors computed before, on the disk: one file per embedding space, one record per text, so that a second run takes seconds.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { spaceKey, type Embedder } from '../../src/core/embedding.ts';

/** Bytes of a text's hash at the start of a record; the vector follows as little-endian float32. */
const HASH_BYTES = 16;
/** Texts embedded between two writes: an interrupted run loses no more. */
const BATCH = 32;

export class VectorCache {
  private readonly embedder: Embedder;
  private readonly path: string;
  private readonly vectors = new Map<string, Float32Array>();

  constructor(embedder: Embedder, folder: string) {
    this.embedder = embedder;
    const name = createHash('sha256').update(spaceKey(embedder.space)).digest('hex').slice(0, 16);
    mkdirSync(folder, { recursive: true });
    this.path = join(folder, `${name}.vectors`);
    if (existsSync(this.path)) this.read();
  }

  /** Vectors of texts, row after row; those not known are embedded and kept. */
  async embed(texts: readonly string[], onProgress: (done: number, total: number) => void): Promise<Float32Array> {
    const { dimension } = this.embedder.space;
    const hashes = texts.map(hashOf);
    const missing = new Map<string, string>();
    texts.forEach((text, index) => {
      const hash = hashes[index] ?? '';
      if (!this.vectors.has(hash)) missing.set(hash, text);
    });
    const open = [...missing];
    for (let from = 0; from < open.length; from += BATCH) {
      const batch = open.slice(from, from + BATCH);
      const found = await this.embedder.embed(
        batch.map(([, text]) => text),
        { lane: 'queue' },
      );
      this.keep(
        batch.map(([hash]) => hash),
        found,
      );
      onProgress(from + batch.length, open.length);
    }
    const rows = new Float32Array(texts.length * dimension);
    hashes.forEach((hash, row) => rows.set(this.vectors.get(hash) ?? [], row * dimension));
    return rows;
  }

  private keep(hashes: readonly string[], found: Float32Array): void {
    const { dimension } = this.embedder.space;
    const records = hashes.map((hash, row) => {
      const vector = found.slice(row * dimension, (row + 1) * dimension);
      this.vectors.set(hash, vector);
      return Buffer.concat([Buffer.from(hash, 'hex'), Buffer.from(vector.buffer)]);
    });
    appendFileSync(this.path, Buffer.concat(records));
  }

  private read(): void {
    const bytes = readFileSync(this.path);
    const record = HASH_BYTES + this.embedder.space.dimension * Float32Array.BYTES_PER_ELEMENT;
    const whole = bytes.length - (bytes.length % record);
    // A run that was interrupted while it wrote leaves part of a record.
    if (whole < bytes.length) truncateSync(this.path, whole);
    for (let at = 0; at < whole; at += record) {
      const vector = bytes.buffer.slice(bytes.byteOffset + at + HASH_BYTES, bytes.byteOffset + at + record);
      this.vectors.set(bytes.toString('hex', at, at + HASH_BYTES), new Float32Array(vector));
    }
  }
}

const hashOf = (text: string): string =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .slice(0, HASH_BYTES * 2);
