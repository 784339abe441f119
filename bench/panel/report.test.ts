import { expect, test } from 'vitest';
import { panelReport } from './report.ts';

const figures = {
  library: 'The demo',
  posts: 118,
  passages: 980,
  runsOn: 'WebAssembly ×2',
  questions: 5,
  longestKeyMs: 9,
  longTasks: [],
  pauses: [
    { waited: 60, whole: 90, embedding: 40 },
    { waited: 61, whole: 120, embedding: 55 },
    { waited: 62, whole: 100, embedding: 45 },
  ],
};

test('tells the parts of a pause, and their sum from the last key', () => {
  const report = panelReport([figures]);
  expect(report).toContain('| embedding | 40 | 45 | 55 |');
  expect(report).toContain('| all else, to the settled panel | 50 | 55 | 65 |');
  expect(report).toContain('| **from the last key to the settled panel** | 150 | 162 | 181 |');
  expect(report).toContain('No task of the page’s thread took more than 50 ms; handling a key took less than 16 ms.');
});

test('names the longest task where there was one', () => {
  expect(panelReport([{ ...figures, longTasks: [52, 81] }])).toContain(
    '2 tasks of the page’s thread took more than 50 ms, the longest 81 ms',
  );
});
