import { expect, test } from 'vitest';
import { measureCosines } from './cosineScale.ts';
import type { SitePost } from './site.ts';

const WORDS = ['tide', 'harbour', 'pier', 'signal', 'timetable', 'deck', 'compiler', 'heap', 'bytecode', 'closure'];

const DIMENSION = 16;

/** A text's vector: how often each word is in it. */
const embed = (texts: readonly string[]): Promise<Float32Array> => {
  const rows = texts.map((text) => {
    const counts = Array.from({ length: DIMENSION }, (_, at) => {
      const word = WORDS[at];
      return word === undefined ? 0 : text.toLowerCase().split(word).length - 1 + 0.01;
    });
    const length = Math.hypot(...counts);
    return counts.map((count) => count / length);
  });
  return Promise.resolve(Float32Array.from(rows.flat()));
};

const post = (id: string, draft: string): SitePost => ({
  id,
  url: null,
  links: [],
  date: '2024-01-01',
  title: draft.split('.')[0] ?? '',
  summary: '',
  tags: [],
  text: draft,
  blocks: [],
  draft,
});

test('strangers are farthest, a near-copy is nearest', async () => {
  const harbour = [
    post('a', 'The tide turns at the pier. The signal is late. A tide table hangs on the pier.'),
    post('b', 'A timetable for the harbour. The tide decides. The harbour keeps the timetable.'),
    post('c', 'The deck is wet. The pier is dry. A signal on the deck tells the harbour.'),
  ];
  const strangers = [post('x', 'A compiler of bytecode on the heap.'), post('y', 'The closure lives on the heap.')];
  const limits = { maxTokens: 64, countTokens: (texts: readonly string[]) => texts.map((t) => t.split(' ').length) };
  const found = await measureCosines(harbour, strangers, { limits, dimension: DIMENSION, embed });
  expect(found.unrelated).toBeLessThan(0.3);
  expect(found.usual).toBeGreaterThan(found.unrelated);
  expect(found.same).toBeGreaterThan(found.usual);
  expect(found.same).toBeGreaterThan(0.8);
});
