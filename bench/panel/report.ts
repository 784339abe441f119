// The table of pauses, in Markdown.
import { quantile } from '../statistics.ts';
import type { Pause, TypingReport } from './typing.ts';

export interface PanelFigures extends TypingReport {
  /** What was written beside. */
  library: string;
  posts: number;
  passages: number;
  runsOn: string;
}

/** What it takes where nothing else wants the processors. */
const UNDISTURBED = 0.1;

const PARTS: readonly { name: string; of: (pause: Pause) => number }[] = [
  { name: 'the page waits for a further key', of: ({ waited }) => waited },
  { name: 'embedding', of: ({ embedding }) => embedding },
  { name: 'all else, to the settled panel', of: ({ whole, embedding }) => whole - embedding },
  { name: 'from the question to the settled panel', of: ({ whole }) => whole },
  { name: '**from the last key to the settled panel**', of: ({ waited, whole }) => waited + whole },
];

export function panelReport(libraries: readonly PanelFigures[]): string {
  return libraries.map(tableOf).join('\n\n');
}

function tableOf({
  library,
  posts,
  passages,
  runsOn,
  pauses,
  longTasks,
  longestKeyMs,
  questions,
}: PanelFigures): string {
  const row = (name: string, numbers: readonly number[]): string =>
    `| ${[name, ...[UNDISTURBED, 0.5, 0.95].map((share) => quantile(numbers, share).toFixed(0))].join(' | ')} |`;
  const long =
    longTasks.length === 0
      ? 'No task of the page’s thread took more than 50 ms'
      : `${longTasks.length} tasks of the page’s thread took more than 50 ms, the longest ${Math.max(...longTasks).toFixed(0)} ms`;
  return [
    `${library}: ${posts} posts, ${passages} passages, ${runsOn}; ${pauses.length} pauses, ${questions} questions.`,
    '',
    '| ms | best tenth | p50 | p95 |',
    '| --- | ---: | ---: | ---: |',
    ...PARTS.map(({ name, of }) => row(name, pauses.map(of))),
    '',
    `${long}; handling a key took ${longestKeyMs < 16 ? 'less than 16' : `at most ${longestKeyMs.toFixed(0)}`} ms.`,
  ].join('\n');
}
