// What was measured of storage, as a table.
import type { ReopenTimes, WriteTimes } from './contender.ts';
import { median, quantile } from '../statistics.ts';

export interface StoreRow {
  name: string;
  write: WriteTimes;
  /** Of each time that it was reopened, each in a new browser. */
  reopen: ReopenTimes[];
  diskBytes: number;
}

export interface StoreTable {
  passages: number;
  dimension: number;
  posts: number;
  from: string;
  /** Of the texts in UTF-8. */
  textBytes: number;
  rows: StoreRow[];
  failed: { name: string; why: string }[];
}

export interface FreshnessRow {
  ahead: number;
  msPerPassage: number;
  ms: number[];
}

const seconds = (ms: number): string => (ms / 1000).toFixed(2);
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

export function storeMarkdown({ passages, dimension, posts, from, textBytes, rows, failed }: StoreTable): string {
  const own = passages * dimension + textBytes;
  const base = rows[0]?.write.vectors ?? NaN;
  const cells = rows.map(({ name, write, reopen, diskBytes }) => [
    name,
    seconds(write.vectors),
    (write.vectors / base).toFixed(1),
    seconds(write.vectors + write.others),
    reopen.every(({ words }) => words === null) ? '' : seconds(median(reopen.map(({ words }) => words ?? NaN))),
    seconds(median(reopen.map(({ vectors }) => vectors))),
    megabytes(diskBytes),
    `${((100 * diskBytes) / own).toFixed(0)} %`,
  ]);
  const head = [
    '',
    'write vectors s',
    'times ours',
    'write all s',
    'reopen to words s',
    'reopen to vectors s',
    'disk MB',
    'of own size',
  ];
  return [
    `### ${passages.toLocaleString('en')} × ${dimension}: ${posts.toLocaleString('en')} posts ${from}`,
    `Vectors as bytes and texts in UTF-8 are ${megabytes(passages * dimension)} + ${megabytes(textBytes)} MB.`,
    table(head, cells),
    ...failed.map(({ name, why }) => `${name} did not run: ${why}`),
  ].join('\n\n');
}

export function freshnessMarkdown(rows: readonly FreshnessRow[]): string {
  const cells = rows.map(({ ahead, msPerPassage, ms }) => [
    ahead.toLocaleString('en'),
    String(msPerPassage),
    String(ms.length),
    median(ms).toFixed(0),
    quantile(ms, 0.95).toFixed(0),
  ]);
  const head = ['posts ahead', 'ms for a passage', 'posts saved', 'p50 ms', 'p95 ms'];
  return ['### From saving a post to finding it by meaning', table(head, cells)].join('\n\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, at) => (at === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');
}
