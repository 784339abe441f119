// An embedder that is timed against others on the first passages it is given to read, and gives way to one that is faster, or is joined
// by readers.
import type { CosineScale, EmbedOptions, EmbeddingSpace, Lane } from '../core/embedding.ts';
import { spaceKey } from '../core/embedding.ts';
import { KindredError } from '../core/errors.ts';
import { NO_VERDICT, type DeviceMemory, type DeviceVerdict } from '../core/model/deviceVerdicts.ts';
import { otherRunners, planDevice, readersToTry } from '../core/model/devicePlan.ts';
import { addRace, paysToStartOver, type Racer, type Reading } from '../core/model/race.ts';
import type { DevicePlan, ModelState, Runner } from '../core/status.ts';
import { RACE_BUDGET_MS, RaceTrack, type RaceTime } from './raceTrack.ts';
import { Readers } from './readers.ts';
import type { RunningEmbedder, StartEmbedderOptions, Survey } from './startEmbedder.ts';

export interface ContestPorts {
  memory: DeviceMemory;
  /** Starts another, which tells nobody but the contest. */
  challenge: (runner: Runner, heard?: Pick<StartEmbedderOptions, 'onPlan' | 'onState'>) => Promise<RunningEmbedder>;
  /** Whether a second copy of the model may be in memory, and is kept where it need not be fetched again. */
  mayDouble: () => boolean;
  /** How far the posts are read. */
  reading: () => Reading;
  onPlan: (plan: DevicePlan) => void;
  onState: (state: ModelState) => void;
  now?: () => number;
}

export class Contest implements RunningEmbedder {
  readonly closed: Promise<KindredError>;
  /** Once closed: the faster one, of another embedding space, which takes over. */
  replacement: RunningEmbedder | null = null;
  readonly #ports: ContestPorts;
  readonly #track: RaceTrack;
  readonly #readers: Readers;
  readonly #pending = new Map<RunningEmbedder, number>();
  #current: RunningEmbedder;
  #begun = false;
  /** One text at a time was faster. */
  #alone = false;
  #ended = false;
  #resolveClosed: (error: KindredError) => void = () => undefined;

  constructor(embedder: RunningEmbedder, ports: ContestPorts, time: RaceTime = { leftMs: RACE_BUDGET_MS }) {
    this.#current = embedder;
    this.#ports = ports;
    this.#track = new RaceTrack(time, ports.now);
    this.#readers = new Readers({
      start: (workers) => ports.challenge({ provider: 'wasm', threads: 1, workers }),
      waiting: () => ports.reading().waiting,
    });
    this.closed = new Promise((resolve) => (this.#resolveClosed = resolve));
    this.#follow(embedder);
  }

  get space(): EmbeddingSpace {
    return this.#current.space;
  }
  get batches(): boolean {
    return !this.#alone && this.#current.batches === true;
  }
  get workers(): number {
    return (this.#readers.crew ?? this.#current).workers ?? 1;
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
    return this.#current.memoryBytes() + this.#readers.memoryBytes();
  }

  async embed(texts: readonly string[], given: EmbedOptions): Promise<Float32Array<ArrayBuffer>> {
    if (given.lane === 'draft')
      return this.#readers.atWork?.embed(texts, given) ?? this.#ask((embedder) => embedder.embed(texts, given));
    try {
      return await this.#track.pass(given.signal, () => this.#read(texts, given));
    } finally {
      if (!this.#begun) this.#track.note(texts, this.batches);
      if (this.#track.ready) this.#begin();
    }
  }

  countTokens(texts: readonly string[], lane?: Lane): Promise<Uint32Array> {
    return this.#ask((embedder) => embedder.countTokens(texts, lane));
  }

  dispose(): void {
    this.#ended = true;
    this.#readers.dispose();
    this.#current.dispose();
  }

  #read(texts: readonly string[], given: EmbedOptions): Promise<Float32Array<ArrayBuffer>> {
    const reading = this.#readers.read(texts, given);
    if (reading !== null) return reading;
    if (this.#ports.mayDouble()) this.#readers.want(this.plan.readers ?? 1);
    const asked = this.#alone ? { ...given, alone: true } : given;
    return this.#ask((embedder) => embedder.embed(texts, asked));
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
    this.#readers.dispose();
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
    const mayDouble = this.#ports.mayDouble();
    const readers = mayDouble ? readersToTry(capabilities, this.plan) : null;
    const others = threadsMeasured
      ? []
      : otherRunners(capabilities, this.plan).filter(({ workers = 1 }) => workers === 1 || mayDouble);
    for (const [place, other] of others.entries()) {
      // Where fewer threads are faster, more will not be.
      if (await this.#challenge(other, others.length - place + (readers === null ? 0 : 1))) break;
    }
    if (readers !== null) await this.#challengeByReaders(readers);
  }

  /** Readers that are faster join the embedder that answers drafts. */
  async #challengeByReaders(runner: Runner): Promise<void> {
    const incumbent = this.#current;
    const crew = await this.#ports.challenge(runner);
    try {
      if (this.#isOver(incumbent) || spaceKey(crew.space) !== spaceKey(incumbent.space)) return;
      await this.#race(crew, runner, this.#track.leftMs, () => this.#readers.take(crew));
    } finally {
      if (this.#readers.crew !== crew) crew.dispose();
    }
  }

  /** True when the challenger took over. `share`: into how many parts the time that is left is cut. */
  async #challenge(runner: Runner, share: number): Promise<boolean> {
    const budgetMs = this.#track.leftMs / share;
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
      const wins = await this.#race(challenger, runner, budgetMs, (sameSpace) => this.#takeOver(challenger, sameSpace));
      if (wins && said.state !== null) this.#ports.onState(said.state);
      return wins;
    } finally {
      if (!this.#hears(challenger)) challenger.dispose();
    }
  }

  /** Texts together against each by itself, on the one that runs: the same vectors either way. */
  async #raceAlone(share: number): Promise<void> {
    const incumbent = this.#current;
    const turns = (await this.#track.turns(incumbent, { together: true })).filter(({ texts }) => texts.length > 1);
    if (turns.length === 0) return;
    const racer = (batched: boolean): Racer => ({
      provider: 'webgpu',
      threads: 1,
      batched,
      embedder: { embed: (texts, given) => incumbent.embed(texts, { ...given, alone: !batched }) },
    });
    await this.#track.held(async () => {
      const result = await this.#track.timed([racer(false), racer(true)], turns, this.#track.leftMs / share);
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

  async #race(
    challenger: RunningEmbedder,
    runner: Runner,
    budgetMs: number,
    onWin: (sameSpace: boolean) => void,
  ): Promise<boolean> {
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
    const turns = await this.#track.turns(incumbent, { together: this.batches, workers: runner.workers });
    return this.#track.held(async () => {
      const result = await this.#track.timed(racers, turns, budgetMs);
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
        threads: from.provider === to.provider && to.workers === undefined ? kept.threads : verdict.threads,
        workers: to.workers === undefined ? verdict.workers : (kept.workers ?? 1),
      }));
      if (wins) onWin(sameSpace);
      await this.#tellPlan(this.#hears(challenger) ? challenger : incumbent);
      return wins;
    });
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
