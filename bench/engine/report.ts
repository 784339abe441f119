// What was measured, as numbers and as tables.
import { markdownTable as table } from '../../src/app/bench/markdownTable.ts';
import { median, quantile } from '../statistics.ts';
import { OURS, type Contender } from './contender.ts';
import type { Agreement } from '../../src/app/bench/agreement.ts';
import { KINDS, type Download } from './downloads.ts';
import { MOST_LOST, type TaskLoss } from './taskLoss.ts';
import type { VectorFigures } from './engineBench.ts';
import type { Times } from '../interleave.ts';

export interface SpeedFigures extends Contender, Times, VectorFigures {}

export interface LengthFigures {
  label: string;
  tokens: number;
  /** Of one text, of each round that counts. */
  ms: number[];
}

export interface SpeedReport {
  figures: SpeedFigures[];
  failed: { name: string; why: string }[];
  /** Of each text, the special ones included. */
  tokens: number[];
  tokenising: { tokensMs: number[]; wholeMs: number[] };
}

export interface SessionReport {
  figures: LengthFigures[];
  /** With the vectors of the first case, one for each. */
  agreements: Agreement[];
  /** Each case's label, and that of the case it is compared with. */
  bases: [string, string][];
}

export interface EngineReport {
  browser: string;
  date: string;
  rounds: number;
  texts: { count: number; from: string; words: number };
  speed: SpeedReport | null;
  lengths: LengthFigures[] | null;
  sessions: SessionReport | null;
  downloads: Download[] | null;
  tasks: TaskLoss[] | null;
}

/** Median over rounds of one's time in the other's of the same round: what disturbs a round disturbs both. */
export function ratio(some: readonly number[], others: readonly number[]): number {
  return median(some.map((ms, round) => ms / (others[round] ?? NaN)));
}

export function toMarkdown(report: EngineReport): string {
  const { browser, date, rounds, texts, speed, lengths, sessions, downloads, tasks } = report;
  const head =
    `Chromium ${browser}, ${date}; ${texts.count} paragraphs of ${texts.from}, ${texts.words.toFixed(0)} words on average; ` +
    `medians of ${rounds} rounds, interleaved.`;
  const parts = [head];
  if (speed !== null) parts.push(speedMarkdown(speed, texts.count));
  if (lengths !== null) parts.push(lengthMarkdown(lengths));
  if (sessions !== null) parts.push(sessionMarkdown(sessions));
  if (downloads !== null) parts.push(downloadMarkdown(downloads));
  if (tasks !== null) parts.push(taskMarkdown(tasks));
  return parts.join('\n\n') + '\n';
}

function speedMarkdown({ figures, failed, tokens, tokenising }: SpeedReport, count: number): string {
  const ours = figures.find(({ name }) => name === OURS);
  const all = tokens.reduce((sum, one) => sum + one, 0);
  const rows = figures.map(({ name, ms, cpuMs, toReference, toAlone }) => [
    name,
    ((1000 * count) / median(ms)).toFixed(1),
    (all / median(ms)).toFixed(2),
    ratio(ms, ours?.ms ?? []).toFixed(2),
    (median(cpuMs) / count).toFixed(1),
    cosines(toReference),
    toAlone?.equal === true ? 'every bit' : cosines(toAlone),
  ]);
  const share = ratio(tokenising.tokensMs, tokenising.wholeMs);
  return [
    '### Posts a second',
    table(
      [
        '',
        'posts/s',
        'ktokens/s',
        `${OURS} is faster by`,
        'processor ms a post',
        'cosine to fp32, mean / worst',
        'to itself alone, mean / worst',
      ],
      rows,
    ),
    `${all} tokens; making them takes ${(100 * share).toFixed(1)} % of the time of ${OURS}.`,
    ...failed.map(({ name, why }) => `${name} did not run: ${why}`),
  ].join('\n\n');
}

function cosines(found: Agreement | null): string {
  return found === null ? '–' : `${found.mean.toFixed(4)} / ${found.worst.toFixed(4)}`;
}

/** Tokens a second of each case and length, and what a second thread or 8 bits gain. */
function lengthMarkdown(figures: readonly LengthFigures[]): string {
  const labels = [...new Set(figures.map(({ label }) => label))];
  const lengths = [...new Set(figures.map(({ tokens }) => tokens))];
  const msOf = (label: string, tokens: number): readonly number[] =>
    figures.find((one) => one.label === label && one.tokens === tokens)?.ms ?? [];
  const gain = (slow: string, fast: string, tokens: number): string => {
    const found = ratio(msOf(slow, tokens), msOf(fast, tokens));
    return Number.isNaN(found) ? '–' : found.toFixed(2);
  };
  const rows = lengths.map((tokens) => [
    String(tokens),
    ...labels.map((label) => (tokens / median(msOf(label, tokens))).toFixed(2)),
    gain('int8, 1 thread', 'int8, 2 threads', tokens),
    gain('int8, 2 threads', 'int8, 2 workers', tokens),
    gain('fp32, 1 thread', 'int8, 1 thread', tokens),
  ]);
  return [
    '### Bare sessions of our files by length, ktokens/s',
    table(['tokens', ...labels, '2 threads ÷ 1', '2 workers ÷ 2 threads', 'int8 ÷ fp32'], rows),
  ].join('\n\n');
}

/** Of a case's turns, the time that this share of them is not above: what it takes when nothing disturbs it. */
const UNDISTURBED = 0.1;

function sessionMarkdown({ figures, agreements, bases }: SessionReport): string {
  const lengths = [...new Set(figures.map(({ tokens }) => tokens))];
  const best = (label: string, tokens: number): number =>
    quantile(figures.find((one) => one.label === label && one.tokens === tokens)?.ms ?? [], UNDISTURBED);
  const rows = bases.map(([label, base], index) => [
    label,
    ...lengths.map((tokens) => {
      const ms = best(label, tokens);
      return `${ms.toFixed(2)} (${(best(base, tokens) / ms).toFixed(2)})`;
    }),
    agreements[index]?.equal === true ? 'every bit' : cosines(agreements[index] ?? null),
  ]);
  const head = ['', ...lengths.map((tokens) => `${tokens} tokens`), 'vectors as those that ship'];
  return ['### Ways to open a session: ms of an undisturbed run (times as fast as what ships)', table(head, rows)].join(
    '\n\n',
  );
}

function downloadMarkdown(downloads: readonly Download[]): string {
  const rows = downloads.map(({ name, readyMs, weights }) => {
    const sum = KINDS.reduce((total, kind) => total + weights[kind].sent, 0);
    return [name, ...KINDS.map((kind) => megabytes(weights[kind].sent)), megabytes(sum), (readyMs / 1000).toFixed(1)];
  });
  return [
    '### First visit: MB as a host sends them (brotli but for the network), and seconds until it can embed',
    table(['', ...KINDS, 'all', 'ready s'], rows),
  ].join('\n\n');
}

/** What 8 bits lose, in points of a hundred: less than nothing where they are the better by chance. */
function taskMarkdown(tasks: readonly TaskLoss[]): string {
  const rows = tasks.map(({ model, task, int8, fp32 }) => [
    model,
    task,
    fp32.toFixed(2),
    int8.toFixed(2),
    (fp32 - int8).toFixed(2),
    fp32 - int8 <= MOST_LOST ? 'within' : 'OUTSIDE',
  ]);
  const head = ['model', 'task', 'fp32', 'int8', 'lost', `at most ${MOST_LOST}`];
  return ['### What 8 bits cost', table(head, rows)].join('\n\n');
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(2);
