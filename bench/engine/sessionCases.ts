// Ways to open a session that might be faster, each against the one that ships.
import type { SessionCase } from './engineBench.ts';

/** What ships, with one thread and with two: the cases that others are compared with. */
export const baseLabel = (threads: number): string =>
  `as it ships, ${threads === 1 ? '1 thread' : `${threads} threads`}`;

const WAYS: readonly { label: string; threads: number; session: Record<string, unknown> }[] = [
  { label: 'optimised to extended only', threads: 1, session: { graphOptimizationLevel: 'extended' } },
  { label: 'optimised to basic only', threads: 1, session: { graphOptimizationLevel: 'basic' } },
  { label: 'without the memory pattern', threads: 1, session: { enableMemPattern: false } },
  { label: 'without the memory arena', threads: 1, session: { enableCpuMemArena: false } },
  { label: 'threads do not spin', threads: 2, session: entries('intra_op', { allow_spinning: '0' }) },
  { label: 'threads take blocks of shrinking size', threads: 2, session: entries(null, { dynamic_block_base: '4' }) },
  { label: 'threads stop spinning between runs', threads: 2, session: entries(null, { force_spinning_stop: '1' }) },
];

/** Settings that the runtime knows by names such as `session.intra_op.allow_spinning`. */
function entries(group: string | null, settings: Record<string, string>): Record<string, unknown> {
  return { extra: { session: group === null ? settings : { [group]: settings } } };
}

/** The session that ships, the ways above, and other files of the same network by their names. */
export function sessionCases(network: string, variants: readonly { name: string; address: string }[]): SessionCase[] {
  return [
    ...[1, 2].map((threads) => ({ label: baseLabel(threads), network, choice: { threads } })),
    ...WAYS.map(({ label, threads, session }) => ({ label, network, choice: { threads, session } })),
    ...variants.map(({ name, address }) => ({ label: name, network: address, choice: { threads: 1 } })),
  ];
}
