// What the runtime spends its time on, as its own profile tells it.
import { median } from '../statistics.ts';

/** One node of the network: milliseconds of each of its runs. */
interface NodeTimes {
  operator: string;
  ms: number[];
}

export interface OperatorShare {
  operator: string;
  nodes: number;
  /** Milliseconds of one run of the network: the sum of its nodes' medians. */
  ms: number;
}

/** From the lines of a profile, runs before the first `discarded` of each node left out; the dearest first. */
export function operatorShares(lines: readonly string[], discarded: number): OperatorShare[] {
  const nodes = new Map<string, NodeTimes>();
  for (const line of lines) {
    const event = parseEvent(line);
    if (event === null) continue;
    const node = nodes.get(event.name) ?? { operator: event.operator, ms: [] };
    node.ms.push(event.ms);
    nodes.set(event.name, node);
  }
  const shares = new Map<string, OperatorShare>();
  for (const { operator, ms } of nodes.values()) {
    const share = shares.get(operator) ?? { operator, nodes: 0, ms: 0 };
    share.nodes++;
    share.ms += median(ms.slice(discarded));
    shares.set(operator, share);
  }
  return [...shares.values()].sort((a, b) => b.ms - a.ms);
}

function parseEvent(line: string): { name: string; operator: string; ms: number } | null {
  if (!line.startsWith('{"cat" : "Node"') || !line.includes('_kernel_time"')) return null;
  const { name, dur, args } = JSON.parse(line.replace(/,\s*$/, '')) as {
    name: string;
    dur: number;
    args: { op_name: string; node_index: string };
  };
  return { name: `${name} ${args.node_index}`, operator: args.op_name, ms: dur / 1000 };
}
