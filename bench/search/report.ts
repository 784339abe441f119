// What was measured, as numbers and as tables.
import type { WayReport } from './vectorBench.ts';
import { markdownTable as table } from '../../src/app/bench/markdownTable.ts';
import { median, quantile } from '../statistics.ts';
import type { WordReport } from './wordBench.ts';

export interface BuildFigures {
  buildMs: number;
  /** Bytes of WebAssembly memory or typed arrays, where the contender has its own. */
  linearBytes: number | null;
  /** Bytes that the JavaScript heap grew by, typed arrays left out. */
  heapBytes: number;
}

export interface VectorRow extends Omit<WayReport, 'ms'> {
  p50Ms: number;
  p95Ms: number;
  /** Median time of ours in this one's: above 1 where ours is faster. */
  timesOurs: number;
  build: BuildFigures;
}

export interface VectorTable {
  count: number;
  dimension: number;
  rows: VectorRow[];
  /** Contenders that did not run, and why. */
  failed: { name: string; why: string }[];
}

export interface WordRow {
  name: string;
  buildMs: number;
  heapBytes: number;
  draftP50Ms: number;
  draftP95Ms: number;
  titleP50Ms: number;
  titleP95Ms: number;
  addMs: number;
  removeMs: number;
  draftFirst: number;
  titleFirst: number;
  storedBytes: number | null;
}

export interface WordTable {
  posts: number;
  questions: number;
  from: string;
  rows: WordRow[];
  failed: { name: string; why: string }[];
}

export interface SearchReport {
  browser: string;
  date: string;
  seed: number;
  rounds: number;
  vectors: VectorTable[];
  words: WordTable | null;
}

/** Rows of one table; `ours` names the contender that times are compared with. */
export function vectorRows(
  ways: readonly WayReport[],
  builds: ReadonlyMap<string, BuildFigures>,
  ours: string,
): VectorRow[] {
  const base = median(ways.find(({ name }) => name === ours)?.ms ?? []);
  return ways.flatMap(({ ms, ...way }) => {
    const build = builds.get(way.name);
    if (build === undefined) return [];
    const p50Ms = median(ms);
    const p95Ms = quantile(ms, 0.95);
    return [{ ...way, p50Ms, p95Ms, timesOurs: p50Ms / base, build }];
  });
}

export function wordRow(report: WordReport, build: BuildFigures): WordRow {
  return {
    name: report.name,
    buildMs: build.buildMs,
    heapBytes: build.heapBytes,
    draftP50Ms: median(report.draft),
    draftP95Ms: quantile(report.draft, 0.95),
    titleP50Ms: median(report.title),
    titleP95Ms: quantile(report.title, 0.95),
    addMs: median(report.add),
    removeMs: median(report.remove),
    draftFirst: report.draftFirst,
    titleFirst: report.titleFirst,
    storedBytes: report.storedBytes,
  };
}

export function toMarkdown(report: SearchReport): string {
  const parts = report.vectors.map(vectorMarkdown);
  if (report.words !== null) parts.push(wordMarkdown(report.words));
  const head = `Chromium ${report.browser}, ${report.date}; medians of ${report.rounds} rounds, one thread, seed ${report.seed}.`;
  return [head, ...parts].join('\n\n') + '\n';
}

function vectorMarkdown({ count, dimension, rows, failed }: VectorTable): string {
  const cells = rows.map((row) => [
    row.setting === '' ? row.name : `${row.name}, ${row.setting}`,
    row.recall.toFixed(3) + (row.recallOfKept === null ? '' : ` (${row.recallOfKept.toFixed(3)} of what it keeps)`),
    row.loss.toFixed(4),
    row.p50Ms.toFixed(2),
    row.p95Ms.toFixed(2),
    row.timesOurs.toFixed(1),
    seconds(row.build.buildMs),
    memory(row.build),
  ]);
  return [
    `### ${count.toLocaleString('en')} × ${dimension}`,
    table(['', 'recall@10', 'worst miss', 'p50 ms', 'p95 ms', 'times ours', 'build s', 'memory MB'], cells),
    ...failed.map(({ name, why }) => `${name} did not run: ${why}`),
  ].join('\n\n');
}

function wordMarkdown({ posts, questions, from, rows, failed }: WordTable): string {
  const cells = rows.map((row) => [
    row.name,
    seconds(row.buildMs),
    row.addMs.toFixed(2),
    row.removeMs.toFixed(2),
    `${row.draftP50Ms.toFixed(2)} / ${row.draftP95Ms.toFixed(2)}`,
    `${row.titleP50Ms.toFixed(2)} / ${row.titleP95Ms.toFixed(2)}`,
    `${percent(row.draftFirst)} / ${percent(row.titleFirst)}`,
    megabytes(row.heapBytes),
    row.storedBytes === null ? 'nothing' : megabytes(row.storedBytes),
  ]);
  return [
    `### Words: ${posts.toLocaleString('en')} posts (${from}), ${questions} drafts and titles`,
    table(
      [
        '',
        'build s',
        'add one ms',
        'remove one ms',
        'draft p50 / p95 ms',
        'title p50 / p95 ms',
        'own post first, draft / title',
        'heap MB',
        'stored MB',
      ],
      cells,
    ),
    ...failed.map(({ name, why }) => `${name} did not run: ${why}`),
  ].join('\n\n');
}

const seconds = (ms: number): string => (ms / 1000).toFixed(2);
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
const memory = ({ linearBytes, heapBytes }: BuildFigures): string =>
  linearBytes === null ? `${megabytes(heapBytes)} heap` : `${megabytes(linearBytes)} + ${megabytes(heapBytes)} heap`;
