import { expect, test } from 'vitest';
import type { SentFile } from '../pageServer.ts';
import { kindOf, weigh } from './downloads.ts';
import { ratio, toMarkdown, type EngineReport } from './report.ts';

const figures = (name: string, ms: number[]) => ({
  name,
  kind: 'bare' as const,
  network: 'ours' as const,
  threads: 1,
  ms,
  cpuMs: ms,
  toReference: { mean: 0.9991, worst: 0.9985, equal: false },
  toAlone: name === 'Kindred' ? { mean: 1, worst: 1, equal: true } : null,
});

const report: EngineReport = {
  browser: '150',
  date: '2026-01-02',
  rounds: 3,
  texts: { count: 10, from: 'the demo', words: 40 },
  speed: {
    figures: [figures('Kindred', [100, 400, 110]), figures('other', [600, 2400, 640])],
    failed: [{ name: 'third', why: 'it broke' }],
    tokens: Array.from({ length: 10 }, () => 50),
    tokenising: { tokensMs: [1, 1, 1], wholeMs: [100, 100, 100] },
  },
  lengths: [
    { label: 'int8, 1 thread', tokens: 64, ms: [20, 20, 20] },
    { label: 'int8, 2 threads', tokens: 64, ms: [10, 10, 10] },
  ],
  sessions: null,
  downloads: null,
  tasks: [
    { model: 'quick', task: 'STSb dev, Spearman', int8: 87.9, fp32: 88.13 },
    { model: 'quick', task: '18F', int8: 49, fp32: 49.7 },
  ],
};

test('a ratio is taken round by round, so that a slow round counts once', () => {
  expect(ratio([600, 2400, 640], [100, 400, 110])).toBe(6);
});

test('the table tells rates, ratios and what did not run', () => {
  const lines = toMarkdown(report).split('\n');
  const row = (name: string) => lines.find((line) => line.startsWith(`| ${name} |`))?.split(' | ');
  expect(row('other')?.slice(1, 4)).toEqual(['15.6', '0.78', '6.00']);
  expect(row('Kindred')?.at(-1)).toBe('every bit |');
  expect(lines).toContain('third did not run: it broke');
  expect(lines.join(' ')).toContain('1.0 % of the time of Kindred');
  expect(row('64')?.slice(1)).toEqual(['3.20', '6.40', '2.00', '–', '– |']);
});

test('files are told apart by what they are for, and none is counted twice', () => {
  expect(kindOf('/node_modules/x/ort-wasm-simd-threaded.asyncify.mjs')).toBe('runtime');
  expect(kindOf('/assets/embedder.worker-abc.js')).toBe('script');
  const file = new URL('../../public/models/models.json', import.meta.url).pathname;
  const sent: SentFile[] = ['/a.json', '/a.json', '/b.onnx'].map((path) => ({ path, file, bytes: 203 }));
  const { weights, files } = weigh(sent);
  expect(files).toEqual(['/a.json', '/b.onnx']);
  expect(weights.model).toEqual({ raw: 203, sent: 203 });
  expect(weights.tokenizer.raw).toBe(203);
  expect(weights.tokenizer.sent).toBeLessThan(203);
});

test('tells what 8 bits lose in points, and whether that is too much', () => {
  const markdown = toMarkdown(report);
  expect(markdown).toMatch(/\| quick +\| STSb dev, Spearman +\| 88\.13 \| 87\.90 \| 0\.23 \| within +\|/);
  expect(markdown).toMatch(/\| 49\.70 \| 49\.00 \| 0\.70 \| OUTSIDE +\|/);
});
