// What a run with several tabs came to, judged and said in words.
import type { WriteRecord } from '../support/tabPage.ts';

/** How a tab's work ended. */
export type Ending = 'closed' | 'frozen';

export interface SoakReport {
  seed: number;
  rounds: number;
  /** How often each thing was done. */
  steps: Record<string, number>;
  /** In the library at the end. */
  posts: number;
  /** What should not have happened; empty for a good run. */
  problems: string[];
  /** Milliseconds from the end of one tab's work to the first answer of another, by how it ended. */
  handovers: Record<Ending, number[]>;
  /** Transactions that wrote. */
  writes: number;
  /** How often a tab began to do the work. */
  writers: number;
  /** How often all tabs were asked the same. */
  compared: number;
}

/** Writes by a tab that was not the last to take the right to. */
export function foreignWrites(records: readonly WriteRecord[]): string[] {
  let writer: string | null = null;
  return records.flatMap(({ tab, takes }, index) => {
    if (takes) writer = tab;
    return tab === writer ? [] : [`write ${index} is by a tab that another had taken over from`];
  });
}

/** The value that so large a share of the values is not above; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

const figures = (name: string, values: readonly number[]): string =>
  values.length === 0
    ? `${name}: none`
    : `${name}: ${values.length}, p50 ${percentile(values, 0.5).toFixed(0)} ms, p95 ${percentile(values, 0.95).toFixed(0)} ms, max ${Math.max(...values).toFixed(0)} ms`;

export function inWords(report: SoakReport): string {
  const { seed, rounds, steps, posts, problems, handovers, writes, writers, compared } = report;
  const done = Object.entries(steps)
    .map(([name, times]) => `${name} ${times}`)
    .join(', ');
  return [
    `Seed ${seed}: ${rounds} steps (${done})`,
    `${posts} posts at the end; ${writes} writes by ${writers} tabs in turn; all tabs were asked the same ${compared} times`,
    figures('Handover after closing', handovers.closed),
    figures('Handover after freezing', handovers.frozen),
    problems.length === 0
      ? 'Same answers in each tab, one writer at any time, nothing lost.'
      : `${problems.length} problems:\n  ${problems.join('\n  ')}`,
  ].join('\n');
}
