// What the kernels reached, as tables.
import { markdownTable } from '../../src/app/bench/markdownTable.ts';
import type { KernelFigures } from './kernelBench.ts';
import type { OperatorShare } from './split.ts';

export interface SplitFigures {
  tokens: number;
  /** Milliseconds of one run without its profile. */
  runMs: number;
  shares: OperatorShare[];
}

export interface KernelReport {
  browser: string;
  date: string;
  turns: number;
  kernels: KernelFigures[];
  splits: SplitFigures[];
}

/** Operations, a multiplication and an addition each, a nanosecond, over all four shapes of a layer. */
export function gigaOps(
  figures: readonly KernelFigures[],
  name: string,
  rows: number,
  ms: 'bestMs' | 'medianMs',
): number {
  const own = figures.filter((one) => one.name === name && one.rows === rows);
  const operations = own.reduce((sum, { depth, columns }) => sum + 2 * rows * depth * columns, 0);
  return operations / (1e6 * own.reduce((sum, one) => sum + one[ms], 0));
}

export function toMarkdown({ browser, date, turns, kernels, splits }: KernelReport): string {
  const names = [...new Set(kernels.map(({ name }) => name))];
  const rows = [...new Set(kernels.map((one) => one.rows))];
  const best = rows.map((count) => [
    String(count),
    ...names.map(
      (name) =>
        `${gigaOps(kernels, name, count, 'bestMs').toFixed(0)} (${gigaOps(kernels, name, count, 'medianMs').toFixed(0)})`,
    ),
  ]);
  const parts = [
    `Chromium ${browser}, ${date}; one thread, ${turns} turns, interleaved. All products were right to the last bit.`,
    '### Gop/s over the four products of a layer: undisturbed (median)',
    markdownTable(['rows', ...names], best),
  ];
  if (splits.length > 0) parts.push('### What the runtime spends a run on', splitMarkdown(splits));
  return parts.join('\n\n') + '\n';
}

/** Operators that take at least one per cent somewhere; what is left of a run is its own cost and the profile's rounding. */
function splitMarkdown(splits: readonly SplitFigures[]): string {
  const all = ({ shares }: SplitFigures): number => shares.reduce((sum, { ms }) => sum + ms, 0);
  const share = (split: SplitFigures, operator: string): number =>
    (split.shares.find((one) => one.operator === operator)?.ms ?? 0) / all(split);
  const operators = [...new Set(splits.flatMap(({ shares }) => shares.map(({ operator }) => operator)))]
    .filter((operator) => splits.some((split) => share(split, operator) >= 0.01))
    .sort(
      (a, b) =>
        Math.max(...splits.map((split) => share(split, b))) - Math.max(...splits.map((split) => share(split, a))),
    );
  return markdownTable(
    ['', ...splits.map(({ tokens }) => `${tokens} tokens`)],
    [
      ...operators.map((operator) => [
        operator,
        ...splits.map((split) => `${(100 * share(split, operator)).toFixed(1)} %`),
      ]),
      ['all operators, ms', ...splits.map((split) => all(split).toFixed(2))],
      ['a run without the profile, ms', ...splits.map(({ runMs }) => runMs.toFixed(2))],
    ],
  );
}
