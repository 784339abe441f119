// Our token ids and vectors against those of the two transformers.js libraries, on the probes of the base model.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadLibrary } from '../testing/transformersJs.ts';
import type { OtherLibrary } from '../testing/transformersJs.ts';
import { startEmbedder } from './startEmbedder.ts';
import type { RunningEmbedder } from './startEmbedder.ts';

/** Its network has operators that the older runtimes of those libraries know; of the others' word tables they know nothing. */
const FOLDER = new URL('/models/all-minilm-l6-v2/', location.origin).href;

let embedder: RunningEmbedder;
let probes: { text: string; tokens: number[] }[];

beforeAll(async () => {
  embedder = await startEmbedder({
    createWorker: () => new Worker(new URL('./embedder.worker.ts', import.meta.url), { type: 'module' }),
    folder: FOLDER,
    passageRule: 'test',
    provider: 'wasm',
  });
  const file = (await (await fetch(`${FOLDER}probes.json`)).json()) as { probes: typeof probes };
  probes = file.probes;
});
afterAll(() => embedder.dispose());

/** Marks outside this block stay in what the older library takes the accents off, and make the word unknown to it. */
const LATIN_MARKS = /[\u0300-\u036f]/;

function hasOtherMarks(text: string): boolean {
  return (text.normalize('NFD').match(/\p{Mn}/gu) ?? []).some((mark) => !LATIN_MARKS.test(mark));
}

async function cosineOf(library: OtherLibrary, text: string): Promise<number> {
  const ours = await embedder.embed([text], { lane: 'queue' });
  const theirs = await library.vector(text);
  return ours.reduce((sum, value, index) => sum + value * (theirs[index] ?? NaN), 0);
}

describe('@huggingface/transformers', () => {
  let library: OtherLibrary;
  beforeAll(async () => {
    library = await loadLibrary('@huggingface/transformers', FOLDER);
  });

  test('gives the same token ids', async () => {
    for (const { text, tokens } of probes) expect(await library.ids(text)).toEqual(tokens);
  });

  test('gives the same vector for a text alone', async () => {
    for (const { text } of probes) expect(await cosineOf(library, text), text).toBeGreaterThan(0.9999);
  });
});

describe('@xenova/transformers', () => {
  let library: OtherLibrary;
  beforeAll(async () => {
    library = await loadLibrary('@xenova/transformers', FOLDER);
  });

  test('gives the same token ids, but where it leaves marks of other scripts on', async () => {
    const differing = [];
    for (const { text, tokens } of probes) {
      const ids = await library.ids(text);
      if (ids.join() !== tokens.join()) differing.push(text);
    }
    expect(differing.filter((text) => !hasOtherMarks(text))).toEqual([]);
    expect(differing.length).toBeLessThanOrEqual(2);
  });

  test('gives nearly the same vector for a text alone, on a runtime that rounds otherwise', async () => {
    for (const { text } of probes) {
      if (!hasOtherMarks(text)) expect(await cosineOf(library, text), text).toBeGreaterThan(0.999);
    }
  });
});
