// Several measure in turn, so that what disturbs the machine for a while disturbs all of them.
import { rotated } from './statistics.ts';

export interface Times {
  /** Milliseconds on the clock, of each round that counts. */
  ms: number[];
  /** Milliseconds that the browser's processes spent on processors meanwhile: on a crowded machine the steadier figure. */
  cpuMs: number[];
}

export interface Rounds {
  counted: number;
  discarded: number;
}

/**
 * Each name has its turn once a round, in another order each time. `turn` gives milliseconds; `cpuSeconds` those that were
 * spent since some moment.
 */
export async function interleave(
  names: readonly string[],
  { counted, discarded }: Rounds,
  turn: (name: string) => Promise<number>,
  cpuSeconds: () => Promise<number>,
  onRound: (done: number) => void = () => undefined,
): Promise<Map<string, Times>> {
  const times = new Map(names.map((name): [string, Times] => [name, { ms: [], cpuMs: [] }]));
  for (let round = 0; round < counted + discarded; round++) {
    for (const [name, { ms, cpuMs }] of rotated([...times], round)) {
      const before = await cpuSeconds();
      const took = await turn(name);
      const after = await cpuSeconds();
      if (round < discarded) continue;
      ms.push(took);
      cpuMs.push(1000 * (after - before));
    }
    onRound(round + 1);
  }
  return times;
}
