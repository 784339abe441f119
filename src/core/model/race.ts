// Two ways of running a model, timed on the same texts, turn by turn, within a time that is never exceeded.
import type { Embedder } from '../embedding.ts';
import type { Race, Runner } from '../status.ts';

/** Texts of one turn: short turns, so that what else the device does meets both. */
const TURN_TEXTS = 3;
/** Counted turns of each; more would tell little. */
const TURNS = 7;
/** So much faster must another be to take over: less is noise. */
export const WORTH_IT = 1.1;

export interface Racer extends Runner {
  embedder: Pick<Embedder, 'embed'>;
}

export type Contender = Race['contenders'][number];

export interface RaceResult {
  /** In the order of the racers. */
  contenders: Contender[];
  /** Different texts that were embedded. */
  passages: number;
  /** From beginning to end, at most `budgetMs` but for what the timer of the system adds. */
  ms: number;
}

export interface RaceOptions {
  /** When it is over, what runs is no longer waited for. */
  budgetMs: number;
  /** Milliseconds. */
  now: () => number;
}

/**
 * `tokens` of each text. The first turn of each racer warms it up and is not counted, unless it has no other; a racer that finishes
 * none is given the rate that it can't have exceeded. Null when the first racer, which is known to work, finished none. Rejects
 * with what a racer rejects with.
 */
export async function raceEmbedders(
  racers: readonly Racer[],
  texts: readonly string[],
  tokens: readonly number[],
  { budgetMs, now }: RaceOptions,
): Promise<RaceResult | null> {
  const began = now();
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), budgetMs);
  const rates: number[][] = racers.map(() => []);
  const atMost: (number | null)[] = racers.map(() => null);
  const used = new Set<number>();
  try {
    for (let turn = 0; turn <= TURNS && !over.signal.aborted; turn++) {
      const part = Array.from({ length: TURN_TEXTS }, (_, at) => (turn * TURN_TEXTS + at) % texts.length);
      const size = part.reduce((sum, index) => sum + (tokens[index] ?? 0), 0);
      for (const [place, { embedder }] of racers.entries()) {
        const started = now();
        const done = await finished(
          embedder.embed(
            part.map((index) => texts[index] ?? ''),
            { lane: 'queue', signal: over.signal },
          ),
          over.signal,
        );
        const rate = (size / Math.max(0.01, now() - started)) * 1000;
        if (done) rates[place]?.push(rate);
        else if (rates[place]?.length === 0) atMost[place] = rate;
        if (!done) break;
      }
      for (const index of part) used.add(index);
    }
  } finally {
    clearTimeout(timer);
  }
  if (rates[0]?.length === 0) return null;
  const contenders = racers.flatMap(({ provider, threads }, place): Contender[] => {
    const rate = counted(rates[place] ?? []) ?? atMost[place] ?? null;
    const exceeded = (rates[place] ?? []).length === 0;
    return rate === null ? [] : [{ provider, threads, tokensPerSecond: rate, atMost: exceeded }];
  });
  return { contenders, passages: used.size, ms: now() - began };
}

/** True when it has ended well, false when the time was over. */
async function finished(work: Promise<unknown>, over: AbortSignal): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (over.aborted) return false;
    throw error;
  }
}

/** Median of the turns after the first. */
function counted(rates: readonly number[]): number | null {
  const warm = (rates.length > 1 ? rates.slice(1) : [...rates]).sort((a, b) => a - b);
  return warm[warm.length >> 1] ?? null;
}

/** What is left to embed, for the question whether starting over with a faster backend is worth it. In whatever unit, the same for both. */
export interface Reading {
  done: number;
  waiting: number;
}

/**
 * True when all of it, read again from the beginning at the new rate, is done before the rest is at the old one.
 * @param sameSpace what is done stays done
 */
export function paysToSwitch(from: number, to: number, { done, waiting }: Reading, sameSpace: boolean): boolean {
  if (to < from * WORTH_IT) return false;
  return sameSpace || (done + waiting) / to < waiting / from || done === 0;
}

/** What is known after another race. */
export function addRace(before: Race | null, { contenders, passages, ms }: RaceResult, kept: Runner, at: string): Race {
  const same = (a: Runner, b: Runner): boolean => a.provider === b.provider && a.threads === b.threads;
  const others = (before?.contenders ?? []).filter((old) => !contenders.some((found) => same(old, found)));
  return {
    contenders: [...others, ...contenders],
    kept: { provider: kept.provider, threads: kept.threads },
    passages: Math.max(before?.passages ?? 0, passages),
    ms: (before?.ms ?? 0) + ms,
    at,
  };
}
