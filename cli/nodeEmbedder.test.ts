// The shipped core in Node, with the tiny model.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createNodeEmbedder } from './nodeEmbedder.ts';

const TINY = 'src/testing/models/tiny';
const TEXTS = ['hello', 'a b c', '', 'Lunch moved to one o’clock today.'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'model-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('the shipped core runs in Node: probes agree, and a text has the same bits alone, together and loaded again', async () => {
  const first = await createNodeEmbedder({ threads: 1, modelDir: TINY });
  expect(first.plan).toMatchObject({ provider: 'wasm', format: 'int8' });
  expect(first.plan.probeWorstCosine).toBeGreaterThanOrEqual(0.97);
  const { embedder } = first;
  const { dimension } = embedder.space;
  const together = await embedder.embed(TEXTS, { lane: 'queue' });
  for (const [row, text] of TEXTS.entries()) {
    const alone = await embedder.embed([text], { lane: 'draft' });
    expect(alone).toEqual(together.slice(row * dimension, (row + 1) * dimension));
  }
  await embedder.dispose();
  const again = await createNodeEmbedder({ threads: 1, modelDir: TINY });
  expect(await again.embedder.embed(TEXTS, { lane: 'queue' })).toEqual(together);
  await again.embedder.dispose();
});

test('fewer dimensions are the first ones of the same vector, and another space', async () => {
  const { embedder } = await createNodeEmbedder({ threads: 1, modelDir: TINY, dim: 8 });
  expect(embedder.space.dimension).toBe(8);
  expect(Math.hypot(...(await embedder.embed(['hello'], { lane: 'queue' })))).toBeCloseTo(1, 6);
  await embedder.dispose();
  await expect(createNodeEmbedder({ threads: 1, modelDir: TINY, dim: 1000 })).rejects.toMatchObject({
    code: 'manifest-invalid',
  });
});

test('a model that is not there is missing, by its path', async () => {
  await expect(createNodeEmbedder({ modelDir: join(folder, 'none') })).rejects.toMatchObject({
    code: 'model-missing',
    message: expect.stringContaining(join(folder, 'none', 'manifest.json')) as string,
  });
});

test.each([
  ['cut short', 'model-truncated', (bytes: Buffer) => bytes.subarray(0, -100)],
  ['altered', 'model-damaged', (bytes: Buffer) => bytes.map((byte, at) => (at === 1000 ? byte ^ 1 : byte))],
])('a network that is %s is %s', async (how, code, change) => {
  const modelDir = join(folder, how);
  await cp(TINY, modelDir, { recursive: true });
  const network = join(modelDir, 'model.int8.onnx');
  await writeFile(network, change(await readFile(network)));
  await expect(createNodeEmbedder({ threads: 1, modelDir })).rejects.toMatchObject({ code, item: 'model.int8.onnx' });
});
