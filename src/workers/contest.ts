// An embedder that is timed against others on the first passages it is given to read, and gives way to one that is faster.
import type { CosineScale, EmbedOptions, EmbeddingSpace, Lane } from '../core/embedding.ts';
import { spaceKey } from '../core/embedding.ts';
import { KindredError } from '../core/errors.ts';
import { NO_VERDICT, type DeviceMemory, type DeviceVerdict } from '../core/model/deviceVerdicts.ts';
import { otherRunners, planDevice } from '../core/model/devicePlan.ts';
import {
  addRace,
  paysToStartOver,
  raceEmbedders,
  type Racer,
  type RaceResult,
  type RaceTurn,
  type Reading,
} from '../core/model/race.ts';
import type { DevicePlan, ModelState, Runner } from '../core/status.ts';
import { RaceSample } from './raceSample.ts';
import type { RunningEmbedder, StartEmbedderOptions, Survey } from './startEmbedder.ts';

/** Milliseconds that reading waits for races, all of them together. */
export const RACE_BUDGET_MS = 3_000;

export interface ContestPorts {
  memory: DeviceMemory;
  /** Starts a challenger, which tells nobody but the contest. */
  challenge: (runner: Runner, heard: Pick<StartEmbedderOptions, 'onPlan' | 'onState'>) => Promise<RunningEmbedder>;
  /** Whether a second copy of the model may be in memory, and is kept where it need not be fetched again. */
  mayDouble: () => boolean;
  /** How far the posts are read. */
  reading: () => Reading;
  onPlan: (plan: DevicePlan) => void;
  onState: (state: ModelState) => void;
  now?: () => number;
}

/** Handed on when the next embedder takes over: the time is one for all. */
export interface RaceTime {
  leftMs: number;
}

export class Contest implements RunningEmbedder {
  readonly closed: Promise<KindredError>;
  /** Once closed: the faster one, of another embedding space, which takes over. */
  replacement: RunningEmbedder | null = null;
  readonly #ports: ContestPorts;
  readonly #time: RaceTime;
  readonly #sample = new RaceSample();
  readonly #pending = new Map<RunningEmbedder, number>();
  #current: RunningEmbedder;
  #begun = false;
  /** One text at a time was faster. */
  #alone = false;
  #ended = false;
  #queued = 0;
  /** Calls of the queue wait here while a race is on. */
  #gate: Promise<void> | null = null;
  #onDrained: () => void = () => undefined;
  #resolveClosed: (error: KindredError) => void = () => undefined;

  constructor(embedder: RunningEmbedder, ports: ContestPorts, time: RaceTime = { leftMs: RACE_BUDGET_MS }) {
    this.#current = embedder;
    this.#ports = ports;
    this.#time = time;
    this.closed = new Promise((resolve) => (this.#resolveClosed = resolve));
    this.#follow(embedder);
  }

  get space(): EmbeddingSpace {
    return this.#current.space;
  }
  get batches(): boolean {
    return !this.#alone && this.#current.batches === true;
  }
  get maxTokens(): number {
    return this.#current.maxTokens;
  }
  get cosines(): CosineScale {
    return this.#current.cosines;
  }
  get tokensPerSecond(): number | null {
    return this.#current.tokensPerSecond;
  }
  get survey(): Survey {
    return this.#current.survey;
  }
  get recycled(): number {
    return this.#current.recycled;
  }
  get replaceable(): boolean {
    return this.#current.replaceable;
  }
  get plan(): DevicePlan {
    return this.#current.plan;
  }

  memoryBytes(): number {
    return this.#current.memoryBytes();
  }

  async embed(texts: readonly string[], given: EmbedOptions): Promise<Float32Array<ArrayBuffer>> {
    if (given.lane === 'draft') return this.#ask((embedder) => embedder.embed(texts, given));
    while (this.#gate !== null) await this.#gate;
    given.signal?.throwIfAborted();
    this.#queued++;
    try {
      const asked = this.#alone ? { ...given, alone: true } : given;
      return await this.#ask((embedder) => embedder.embed(texts, asked));
    } finally {
      this.#queued--;
      if (this.#queued === 0) this.#onDrained();
      if (!this.#begun) this.#sample.add(texts, this.batches);
      if (this.#sample.full) this.#begin();
    }
  }

  countTokens(texts: readonly string[], lane?: Lane): Promise<Uint32Array> {
    return this.#ask((embedder) => embedder.countTokens(texts, lane));
  }

  dispose(): void {
    this.#ended = true;
    this.#current.dispose();
  }

  async #ask<T>(work: (embedder: RunningEmbedder) => Promise<T>): Promise<T> {
    const embedder = this.#current;
    this.#pending.set(embedder, (this.#pending.get(embedder) ?? 0) + 1);
    try {
      return await work(embedder);
    } finally {
      const left = (this.#pending.get(embedder) ?? 1) - 1;
      this.#pending.set(embedder, left);
      if (left === 0) this.#dropIfReplaced(embedder);
    }
  }

  #follow(embedder: RunningEmbedder): void {
    void embedder.closed.then((error) => {
      if (embedder === this.#current && this.replacement === null) this.#end(error);
    });
  }

  #end(error: KindredError): void {
    this.#ended = true;
    this.#resolveClosed(error);
  }

  #begin(): void {
    if (this.#begun || this.#ended) return;
    this.#begun = true;
    // A contest that fails leaves everything as it is.
    void this.#challengeAll().catch(() => undefined);
  }

  async #challengeAll(): Promise<void> {
    const { provider, threadsMeasured, batchedMeasured, race } = this.plan;
    const { capabilities, model } = this.survey;
    if (provider === 'webgpu') {
      if (this.batches && !batchedMeasured) await this.#raceAlone(4);
      if (race?.contenders.some((contender) => contender.provider === 'wasm') === true) return;
      const verdict = await this.#verdict(this.#current);
      await this.#challenge(
        { provider: 'wasm', threads: planDevice(capabilities, model, { provider: 'wasm', verdict }).threads },
        2,
      );
      return;
    }
    if (threadsMeasured) return;
    const others = otherRunners(capabilities, this.plan).filter(
      ({ workers = 1 }) => workers === 1 || this.#ports.mayDouble(),
    );
    for (const [place, other] of others.entries()) {
      // Where fewer threads are faster, more will not be.
      if (await this.#challenge(other, others.length - place)) return;
    }
  }

  /** True when the challenger took over. `share`: into how many parts the time that is left is cut. */
  async #challenge(runner: Runner, share: number): Promise<boolean> {
    const budgetMs = this.#time.leftMs / share;
    const incumbent = this.#current;
    // While it starts it is nobody yet.
    const said: { by: RunningEmbedder | null; state: ModelState | null } = { by: null, state: null };
    const challenger = await this.#ports.challenge(runner, {
      onPlan: () => {
        if (said.by !== null && this.#hears(said.by)) void this.#tellPlan(said.by);
      },
      onState: (next) => {
        said.state = next;
        if (said.by !== null && this.#hears(said.by)) this.#ports.onState(next);
      },
    });
    said.by = challenger;
    try {
      if (this.#isOver(incumbent)) return false;
      const wins = await this.#race(challenger, runner, budgetMs);
      if (wins && said.state !== null) this.#ports.onState(said.state);
      return wins;
    } finally {
      if (!this.#hears(challenger)) challenger.dispose();
    }
  }

  /** Texts together against each by itself, on the one that runs: the same vectors either way. */
  async #raceAlone(share: number): Promise<void> {
    const incumbent = this.#current;
    const turns = (await this.#turns()).filter(({ texts }) => texts.length > 1);
    if (turns.length === 0) return;
    const racer = (batched: boolean): Racer => ({
      provider: 'webgpu',
      threads: 1,
      batched,
      embedder: { embed: (texts, given) => incumbent.embed(texts, { ...given, alone: !batched }) },
    });
    await this.#gated(async () => {
      const result = await this.#timed([racer(false), racer(true)], turns, this.#time.leftMs / share);
      const [alone, together] = result.contenders;
      if (result.lastWins === null || alone === undefined || together === undefined || this.#isOver(incumbent)) return;
      const batched = result.lastWins;
      this.#alone = !batched;
      await this.#ports.memory.note(incumbent.plan.key, (verdict) => ({
        ...verdict,
        race: addRace(verdict.race, result, batched ? together : alone, new Date().toISOString()),
        batched,
      }));
      await this.#tellPlan(incumbent);
    });
  }

  async #race(challenger: RunningEmbedder, runner: Runner, budgetMs: number): Promise<boolean> {
    const incumbent = this.#current;
    const { provider, threads } = incumbent.plan;
    const alone = this.#alone;
    const racers: [Racer, Racer] = [
      {
        provider,
        threads,
        ...(provider === 'webgpu' ? { batched: this.batches } : {}),
        embedder: { embed: (texts, given) => incumbent.embed(texts, { ...given, alone }) },
      },
      { ...runner, embedder: challenger },
    ];
    const turns = await this.#turns();
    return this.#gated(async () => {
      const result = await this.#timed(racers, turns, budgetMs);
      const [from, to] = result.contenders;
      // Too short to say: the next visit may tell.
      if (result.lastWins === null || from === undefined || to === undefined || this.#isOver(incumbent)) return false;
      const sameSpace = spaceKey(challenger.space) === spaceKey(incumbent.space);
      const worth = sameSpace || paysToStartOver(from.tokensPerSecond, to.tokensPerSecond, this.#ports.reading());
      const wins = result.lastWins && worth;
      const kept = wins ? to : from;
      await this.#ports.memory.note(incumbent.plan.key, (verdict) => ({
        ...verdict,
        race: addRace(verdict.race, result, kept, new Date().toISOString()),
        threads: from.provider === to.provider ? kept.threads : verdict.threads,
        workers: to.workers === undefined ? verdict.workers : (kept.workers ?? 1),
      }));
      if (wins) this.#takeOver(challenger, sameSpace);
      await this.#tellPlan(wins ? challenger : incumbent);
      return wins;
    });
  }

  async #turns(): Promise<RaceTurn[]> {
    const turns = this.#sample.turns(this.batches);
    const counts = await this.#current.countTokens(turns.flat(), 'queue');
    let at = 0;
    return turns.map((texts) => {
      const tokens = counts.slice(at, (at += texts.length)).reduce((sum, count) => sum + count, 0);
      return { texts, tokens };
    });
  }

  /** Holds the queue meanwhile, once its calls under way are answered. */
  async #gated<T>(work: () => Promise<T>): Promise<T> {
    let open = (): void => undefined;
    this.#gate = new Promise((resolve) => (open = resolve));
    try {
      if (this.#queued > 0) await new Promise<void>((resolve) => (this.#onDrained = resolve));
      return await work();
    } finally {
      this.#onDrained = () => undefined;
      this.#gate = null;
      open();
    }
  }

  async #timed(racers: [Racer, Racer], turns: readonly RaceTurn[], budgetMs: number): Promise<RaceResult> {
    const { now = () => performance.now() } = this.#ports;
    const result = await raceEmbedders(racers, turns, { budgetMs, now });
    this.#time.leftMs = Math.max(0, this.#time.leftMs - result.ms);
    return result;
  }

  #takeOver(challenger: RunningEmbedder, sameSpace: boolean): void {
    const before = this.#current;
    if (sameSpace) {
      this.#current = challenger;
      this.#follow(challenger);
    } else {
      this.replacement = challenger;
      this.#end(new KindredError('worker-crashed', 'A faster backend takes over.'));
    }
    if ((this.#pending.get(before) ?? 0) === 0) this.#dropIfReplaced(before);
  }

  #dropIfReplaced(embedder: RunningEmbedder): void {
    if (embedder !== this.#current || this.replacement !== null) embedder.dispose();
  }

  /** It won, and what it tells is the state of things. */
  #hears(challenger: RunningEmbedder): boolean {
    return this.#current === challenger || this.replacement === challenger;
  }

  async #verdict({ plan }: RunningEmbedder): Promise<DeviceVerdict> {
    return (await this.#ports.memory.verdicts())[plan.key] ?? NO_VERDICT;
  }

  /** The plan as it follows from what is known now: a challenger's own knows only that it was asked for. */
  async #tellPlan(embedder: RunningEmbedder): Promise<void> {
    const { capabilities, model } = embedder.survey;
    const { probeWorstCosine, losses, workers } = embedder.plan;
    const plan = planDevice(capabilities, model, { verdict: await this.#verdict(embedder) });
    this.#ports.onPlan({ ...plan, workers, probeWorstCosine, losses });
  }

  /** What was begun with this one no longer matters. */
  #isOver(incumbent: RunningEmbedder): boolean {
    return this.#ended || this.#current !== incumbent;
  }
}
