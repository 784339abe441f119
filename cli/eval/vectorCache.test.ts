// What was embedded once is not embedded again, by this run or the next.
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Embedder, EmbeddingSpace } from '../../src/core/embedding.ts';
import { VectorCache } from './vectorCache.ts';

const SPACE: EmbeddingSpace = {
  model: 'lengths',
  modelHash: 'a',
  tokenizerHash: 'b',
  pooling: 'mean',
  prefix: '',
  normalised: true,
  dimension: 2,
  passageRule: 'none',
  numeric: 'fp32',
};

/** A text's vector is its length and a half. */
function fakeEmbedder(space = SPACE): Embedder & { asked: string[] } {
  const asked: string[] = [];
  return {
    space,
    asked,
    embed: async (texts) => {
      asked.push(...texts);
      return Float32Array.from(texts.flatMap((text) => [text.length, 0.5]));
    },
    countTokens: (texts) => new Uint32Array(texts.length),
  };
}

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kindred-cache-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const quiet = (): void => undefined;

it('embeds each text once and keeps it for the next run', async () => {
  const first = fakeEmbedder();
  expect([...(await new VectorCache(first, folder).embed(['a', 'bb', 'a'], quiet))]).toEqual([1, 0.5, 2, 0.5, 1, 0.5]);
  expect(first.asked).toEqual(['a', 'bb']);
  const second = fakeEmbedder();
  expect([...(await new VectorCache(second, folder).embed(['bb', 'ccc'], quiet))]).toEqual([2, 0.5, 3, 0.5]);
  expect(second.asked).toEqual(['ccc']);
});

it('never gives a vector of another space', async () => {
  await new VectorCache(fakeEmbedder(), folder).embed(['a'], quiet);
  const other = fakeEmbedder({ ...SPACE, modelHash: 'another' });
  await new VectorCache(other, folder).embed(['a'], quiet);
  expect(other.asked).toEqual(['a']);
});

it('drops the part of a record that an interrupted run left', async () => {
  await new VectorCache(fakeEmbedder(), folder).embed(['a'], quiet);
  appendFileSync(join(folder, readdirSync(folder)[0] ?? ''), Buffer.from([1, 2, 3]));
  const next = fakeEmbedder();
  const cache = new VectorCache(next, folder);
  expect([...(await cache.embed(['a', 'bb'], quiet))]).toEqual([1, 0.5, 2, 0.5]);
  expect(next.asked).toEqual(['bb']);
  const last = fakeEmbedder();
  await new VectorCache(last, folder).embed(['a', 'bb'], quiet);
  expect(last.asked).toEqual([]);
});
