// The tables of a comparison.
import { expect, it } from 'vitest';
import { toMarkdown, vectorRows, wordRow, type BuildFigures } from './report.ts';

const build: BuildFigures = { buildMs: 1500, linearBytes: 2e6, heapBytes: 1e6 };
const way = (name: string, setting: string, ms: number[]) => ({
  name,
  setting,
  exact: setting === '',
  recall: 0.9,
  recallOfKept: name === 'ours' ? 1 : null,
  loss: 0.002,
  ms,
});

it('compares times with ours, and leaves out nothing that failed', () => {
  const builds = new Map([
    ['ours', build],
    ['peer', { ...build, linearBytes: null }],
  ]);
  const ways = [way('ours', '', [1, 2, 3]), way('peer', 'ef 10', [8, 9, 4]), way('unbuilt', '', [1])];
  const rows = vectorRows(ways, builds, 'ours');
  expect(rows.map(({ name, timesOurs, p95Ms }) => [name, timesOurs, p95Ms])).toEqual([
    ['ours', 1, 3],
    ['peer', 4, 9],
  ]);
  const word = { name: 'ours', draft: [1], title: [2], add: [3], remove: [4], draftFirst: 1, titleFirst: 0.5 };
  const text = toMarkdown({
    browser: '1',
    date: '2026-01-01',
    seed: 1,
    rounds: 3,
    vectors: [{ count: 1000, dimension: 64, rows, failed: [{ name: 'gone', why: 'no memory' }] }],
    words: {
      posts: 5,
      questions: 1,
      from: 'made-up words',
      rows: [wordRow({ ...word, storedBytes: null }, build)],
      failed: [],
    },
  });
  expect(text).toContain(
    '| ours | 0.900 (1.000 of what it keeps) | 0.0020 | 2.00 | 3.00 | 1.0 | 1.50 | 2.0 + 1.0 heap |',
  );
  expect(text).toContain('| peer, ef 10 | 0.900 | 0.0020 | 8.00 | 9.00 | 4.0 | 1.50 | 1.0 heap |');
  expect(text).toContain('gone did not run: no memory');
  expect(text).toContain('| ours | 1.50 | 3.00 | 4.00 | 1.00 / 1.00 | 2.00 / 2.00 | 100 % / 50 % | 1.0 | nothing |');
});
