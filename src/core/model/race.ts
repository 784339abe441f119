// Two ways of running a model, timed on the same texts, turn by turn, within a time that is never exceeded.
import type { Embedder } from '../embedding.ts';
import { sameRunner, type Race, type Runner } from '../status.ts';

/** Counted turns of each; more would tell little. */
const TURNS = 9;
/** Fewer counted turns than these are chance. */
const LEAST_TURNS = 3;
/** So many times as fast is told by fewer turns too. */
const CLEARLY = 3;
/** Share of the turns that a challenger must be the faster in. */
const MOSTLY = 2 / 3;
/** So much faster must another be to take over: less is noise. */
const WORTH_IT = 1.1;

export interface Racer extends Runner {
  embedder: Pick<Embedder, 'embed'>;
}

export type Contender = Race['contenders'][number];

export interface RaceResult {
  /** In the order of the racers. */
  contenders: Contender[];
  /** The last is the faster one, in enough turns of enough; null when the time was too short to say. */
  lastWins: boolean | null;
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

/** Texts that are given in one call. */
export interface RaceTurn {
  texts: readonly string[];
  /** Of all of them together. */
  tokens: number;
}

/**
 * Two racers, the first of which runs already; `turns`, at least one, are taken from the beginning again after the last. The first
 * turn of each warms it up and is not counted, unless it has no other. One that does not finish a turn in its share of the time is
 * out, with the rate that it can't have exceeded when it has no other. Rejects with what a racer rejects with.
 */
export async function raceEmbedders(
  racers: readonly [Racer, Racer],
  turns: readonly RaceTurn[],
  { budgetMs, now }: RaceOptions,
): Promise<RaceResult> {
  const began = now();
  const lanes = racers.map((racer) => ({ racer, rates: [] as number[], atMost: null as number | null, out: false }));
  const used = new Set<string>();
  for (let turn = 0; turn <= TURNS; turn++) {
    const { texts, tokens } = turns[turn % turns.length] ?? { texts: [], tokens: 0 };
    const running = lanes.filter(({ out }) => !out);
    for (const [place, lane] of running.entries()) {
      const started = now();
      const shareMs = (budgetMs - (started - began)) / (running.length - place);
      const done = shareMs > 0 && (await embedsWithin(lane.racer, texts, shareMs));
      const rate = (tokens / Math.max(0.01, now() - started)) * 1000;
      if (done) lane.rates.push(rate);
      else if (lane.rates.length === 0) lane.atMost = rate;
      lane.out = !done;
    }
    for (const text of texts) used.add(text);
    // One that is out has lost; one turn more of the other gives it a rate without its warm-up.
    if (lanes.every(({ out }) => out) || (lanes.some(({ out }) => out) && turn > 0)) break;
  }
  const contenders = lanes.map(({ racer, rates, atMost }): Contender => {
    return { ...runnerOf(racer), tokensPerSecond: counted(rates) ?? atMost ?? 0, atMost: rates.length === 0 };
  });
  const [first, last] = lanes.map(({ rates }) => rates);
  return {
    contenders,
    lastWins: lastWins(contenders, first ?? [], last ?? []),
    passages: used.size,
    ms: now() - began,
  };
}

function lastWins(contenders: readonly Contender[], first: readonly number[], last: readonly number[]): boolean | null {
  const [from, to] = contenders;
  if (from === undefined || to === undefined || (from.atMost && to.atMost)) return null;
  if (to.atMost) return to.tokensPerSecond <= from.tokensPerSecond ? false : null;
  if (from.atMost) return to.tokensPerSecond >= from.tokensPerSecond * WORTH_IT ? true : null;
  const pairs = last.slice(1).flatMap((rate, at) => {
    const other = first[at + 1];
    return other === undefined ? [] : [rate >= other * WORTH_IT];
  });
  if (pairs.length < LEAST_TURNS) {
    const ratio = to.tokensPerSecond / from.tokensPerSecond;
    return ratio >= CLEARLY ? true : ratio <= 1 / CLEARLY ? false : null;
  }
  const faster = pairs.filter(Boolean).length / pairs.length;
  return faster >= MOSTLY && to.tokensPerSecond >= from.tokensPerSecond * WORTH_IT;
}

/** True when it has ended well, false when the time was over: what still runs is no longer waited for. */
async function embedsWithin({ embedder }: Racer, texts: readonly string[], ms: number): Promise<boolean> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), ms);
  try {
    await embedder.embed(texts, { lane: 'queue', signal: over.signal });
    return true;
  } catch (error) {
    if (over.signal.aborted) return false;
    throw error;
  } finally {
    clearTimeout(timer);
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

/** True when all of it, read again from the beginning at the new rate, is done before the rest is at the old one. */
export function paysToStartOver(from: number, to: number, { done, waiting }: Reading): boolean {
  return done === 0 || (done + waiting) / to < waiting / from;
}

function runnerOf({ provider, threads, workers, batched }: Runner): Runner {
  return {
    provider,
    threads,
    ...(workers === undefined ? {} : { workers }),
    ...(batched === undefined ? {} : { batched }),
  };
}

/** What is known after another race. */
export function addRace(before: Race | null, { contenders, passages, ms }: RaceResult, kept: Runner, at: string): Race {
  const others = (before?.contenders ?? []).filter((old) => !contenders.some((found) => sameRunner(old, found)));
  return {
    contenders: [...others, ...contenders],
    kept: runnerOf(kept),
    passages: Math.max(before?.passages ?? 0, passages),
    ms: (before?.ms ?? 0) + ms,
    at,
  };
}
