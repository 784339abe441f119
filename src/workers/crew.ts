// Embedders of one thread each that work as one: each holds the model for itself.
import type { CosineScale, EmbedOptions, EmbeddingSpace, Lane } from '../core/embedding.ts';
import { spaceKey } from '../core/embedding.ts';
import { KindredError } from '../core/errors.ts';
import type { DevicePlan } from '../core/status.ts';
import type { RunningEmbedder, Survey } from './runningEmbedder.ts';

export interface CrewPorts {
  /** Starts one more, of the same backend; it is told to nobody. */
  startAnother: () => Promise<RunningEmbedder>;
  /** The plan is another one now. */
  onPlan: (plan: DevicePlan) => void;
  /** One was lost for good, and the rest goes on: not to be tried again on this device. */
  onLess: () => void;
}

const lessOf = (left: number): string =>
  `${left === 1 ? 'one worker' : `${left} workers`} of one thread: another was lost too often`;

export class Crew implements RunningEmbedder {
  readonly closed: Promise<KindredError>;
  readonly #ports: CrewPorts;
  readonly #pending = new Map<RunningEmbedder, number>();
  /** At least one; the first is never taken out while there is another. */
  #members: RunningEmbedder[];
  /** Of those that are gone. */
  #gone: DevicePlan['losses'] = { times: 0, last: null };
  #less = false;
  #ended: KindredError | null = null;
  #resolveClosed: (error: KindredError) => void = () => undefined;

  constructor(first: RunningEmbedder, ports: CrewPorts) {
    this.#ports = ports;
    this.#members = [first];
    this.closed = new Promise((resolve) => (this.#resolveClosed = resolve));
    this.#follow(first);
  }

  /** Embedders at work. */
  get size(): number {
    return this.#members.length;
  }
  get space(): EmbeddingSpace {
    return this.#first.space;
  }
  get maxTokens(): number {
    return this.#first.maxTokens;
  }
  get cosines(): CosineScale {
    return this.#first.cosines;
  }
  get tokensPerSecond(): number | null {
    return this.#first.tokensPerSecond;
  }
  get survey(): Survey {
    return this.#first.survey;
  }
  get recycled(): number {
    return this.#members.reduce((sum, member) => sum + member.recycled, 0);
  }
  get workers(): number {
    return this.size;
  }
  get replaceable(): boolean {
    return this.#first.replaceable;
  }
  get plan(): DevicePlan {
    const { plan } = this.#first;
    const all = [this.#gone, ...this.#members.map((member) => member.plan.losses)];
    const losses = {
      times: all.reduce((sum, { times }) => sum + times, 0),
      last: all.find(({ last }) => last !== null)?.last ?? null,
    };
    const candidates = this.#less
      ? plan.candidates.map((one) => (one.chosen ? { ...one, reason: lessOf(this.size) } : one))
      : plan.candidates;
    return { ...plan, candidates, losses, workers: this.size };
  }

  memoryBytes(): number {
    return this.#members.reduce((sum, member) => sum + member.memoryBytes(), 0);
  }

  /** Starts another one and takes it in. Rejects as starting it does; the rest goes on without it. */
  async grow(): Promise<void> {
    const another = await this.#ports.startAnother();
    if (this.#ended !== null || spaceKey(another.space) !== spaceKey(this.space)) {
      another.dispose();
      throw this.#ended ?? new KindredError('worker-crashed', 'Another worker came up in another embedding space.');
    }
    this.#members.push(another);
    this.#follow(another);
    this.#ports.onPlan(this.plan);
  }

  /** Each takes the next text as it is done with one, the longest first, so that they end together. */
  async embed(texts: readonly string[], given: EmbedOptions): Promise<Float32Array<ArrayBuffer>> {
    if (texts.length < 2 || this.size < 2) return this.#ask((member) => member.embed(texts, given));
    const { dimension } = this.space;
    const vectors = new Float32Array(texts.length * dimension);
    const open = texts.map((_, index) => index).sort((a, b) => (texts[b]?.length ?? 0) - (texts[a]?.length ?? 0));
    const failure = new AbortController();
    const signal = given.signal === undefined ? failure.signal : AbortSignal.any([given.signal, failure.signal]);
    const work = async (member: RunningEmbedder): Promise<void> => {
      for (let index = open.shift(); index !== undefined; index = open.shift())
        vectors.set(await member.embed([texts[index] ?? ''], { ...given, signal }), index * dimension);
    };
    const parts = this.#members.map((member) => this.#counted(member, () => work(member)));
    try {
      await Promise.all(parts);
    } catch (error) {
      // What one has lost the other need not go on with: the whole is asked for again.
      failure.abort();
      await Promise.allSettled(parts);
      throw error;
    }
    return vectors;
  }

  countTokens(texts: readonly string[], lane?: Lane): Promise<Uint32Array> {
    return this.#ask((member) => member.countTokens(texts, lane));
  }

  dispose(): void {
    const error = new KindredError('disposed', 'The embedder was closed; start it again.');
    this.#end(error);
    for (const member of this.#members) member.dispose();
  }

  get #first(): RunningEmbedder {
    const [first] = this.#members;
    if (first === undefined) throw new KindredError('disposed', 'The embedder has no worker.');
    return first;
  }

  /** By the one with least to do. */
  #ask<T>(work: (member: RunningEmbedder) => Promise<T>): Promise<T> {
    const load = (member: RunningEmbedder): number => this.#pending.get(member) ?? 0;
    const member = this.#members.reduce((least, one) => (load(one) < load(least) ? one : least));
    return this.#counted(member, () => work(member));
  }

  async #counted<T>(member: RunningEmbedder, work: () => Promise<T>): Promise<T> {
    this.#pending.set(member, (this.#pending.get(member) ?? 0) + 1);
    try {
      return await work();
    } finally {
      this.#pending.set(member, (this.#pending.get(member) ?? 1) - 1);
    }
  }

  #follow(member: RunningEmbedder): void {
    void member.closed.then((error) => {
      if (this.#ended !== null) return;
      if (this.size === 1) {
        this.#end(error);
        return;
      }
      const { losses } = member.plan;
      this.#gone = { times: this.#gone.times + losses.times, last: losses.last ?? error.message };
      this.#members = this.#members.filter((one) => one !== member);
      this.#less = true;
      this.#ports.onLess();
      this.#ports.onPlan(this.plan);
    });
  }

  #end(error: KindredError): void {
    if (this.#ended !== null) return;
    this.#ended = error;
    this.#resolveClosed(error);
  }
}
