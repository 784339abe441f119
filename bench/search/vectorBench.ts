// In the page: makes the vectors, builds the contenders one by one, then asks them all the same, interleaved.
import { dequantise, quantise } from '../../src/core/search/quantise.ts';
import { SyntheticEmbeddings } from '../syntheticEmbeddings.ts';
import { TOP, type BuiltVectors, type VectorContender, type VectorQuestion } from './contender.ts';
import { recall, rotated } from '../statistics.ts';
import { clientVectorSearch } from './vectors/clientVectorSearch.ts';
import { edgevecFlat, edgevecGraph } from './vectors/edgevec.ts';
import { hnswlib } from './vectors/hnswlib.ts';
import { oramaVectors } from './vectors/orama.ts';
import { OURS, ours } from './vectors/ours.ts';
import { plainLoop } from './vectors/plainLoop.ts';
import { voy } from './vectors/voy.ts';

const contenders: readonly VectorContender[] = [
  ours,
  plainLoop,
  edgevecFlat,
  edgevecGraph,
  hnswlib,
  voy,
  oramaVectors,
  clientVectorSearch,
];
/** Questions before those that count, so that engines have compiled what they compile; fewer for what is slow. */
const WARM_UP = 60;
const WARM_UP_MS = 1000;
/** A slow one answers fewer rounds. */
const ENOUGH_MS = 15_000;

export interface VectorCase {
  count: number;
  dimension: number;
  questions: number;
  seed: number;
}

export interface BuildReport {
  ms: number;
  /** Bytes of its own WebAssembly memory or typed arrays; null for what is on the JavaScript heap. */
  memory: number | null;
}

export interface WayReport {
  name: string;
  setting: string;
  exact: boolean;
  /** Share of the ten best by float64 that were found, mean over all questions. */
  recall: number;
  /** The same among the vectors as this contender keeps them; null for one that keeps them as they are. */
  recallOfKept: number | null;
  /** How far the worst that it found is below the tenth best, as a cosine; the most of all questions. */
  loss: number;
  /** Of each round. */
  ms: number[];
}

export class VectorBench {
  private input: { rows: Float32Array<ArrayBuffer>; dimension: number; count: number } | null = null;
  private questions: VectorQuestion[] = [];
  private truth: number[][] = [];
  private readonly built = new Map<string, BuiltVectors>();

  /** Returns the contenders for this many. */
  prepare({ count, dimension, questions, seed }: VectorCase): string[] {
    const made = new SyntheticEmbeddings(dimension, seed);
    const rows = made.rows(count);
    this.input = { rows, dimension, count };
    this.questions = Array.from({ length: questions }, () => {
      const floats = made.rows(1);
      return { floats, numbers: Array.from(floats) };
    });
    this.truth = this.questions.map(({ floats }) => bruteForce(rows, floats));
    return contenders.filter(({ limit }) => count <= limit).map(({ name }) => name);
  }

  /** Throws what the contender throws, or that it took longer than `budgetMs`. */
  async build(name: string, budgetMs: number): Promise<BuildReport> {
    const { input } = this;
    if (input === null) throw new Error('Nothing is prepared.');
    const started = performance.now();
    const check = (done: number): void => {
      if (performance.now() - started < budgetMs) return;
      throw new Error(`only ${done} vectors were in after ${Math.round(budgetMs / 1000)} s`);
    };
    let built: BuiltVectors;
    try {
      built = await contenderOf(name).build({ ...input, check });
    } catch (error) {
      throw error instanceof Error ? error : new Error(describe(error), { cause: error });
    }
    const ms = performance.now() - started;
    this.built.set(name, built);
    return { ms, memory: built.memory };
  }

  /** Every way of every contender that was built answers one question a round. */
  async measure(rounds: number): Promise<WayReport[]> {
    const running = [...this.built].flatMap(([name, { ways }]) =>
      ways.map((way) => ({ name, way, ms: [] as number[], found: new Map<number, number[]>() })),
    );
    for (const { way } of running) {
      const started = performance.now();
      for (let at = 0; at < WARM_UP && performance.now() - started < WARM_UP_MS; at++) {
        await way.ask(this.questions[at % this.questions.length]!);
      }
    }
    for (let round = 0; round < rounds; round++) {
      const place = round % this.questions.length;
      const question = this.questions[place]!;
      for (const { way, ms, found } of rotated(running, round)) {
        if (ms.reduce((sum, one) => sum + one, 0) > ENOUGH_MS) continue;
        const started = performance.now();
        const answer = way.ask(question);
        const places = answer instanceof Promise ? await answer : answer;
        ms.push(performance.now() - started);
        found.set(place, places);
      }
    }
    const mean = (found: ReadonlyMap<number, number[]>, truth: (place: number) => number[]): number =>
      [...found].reduce((sum, [place, places]) => sum + recall(places, truth(place)), 0) / found.size;
    const kept = this.truthOfBytes();
    return running.map(({ name, way, ms, found }) => ({
      name,
      setting: way.setting,
      exact: contenderOf(name).exact,
      recall: mean(found, (place) => this.truth[place]!),
      recallOfKept: name === OURS ? mean(found, (place) => kept[place]!) : null,
      loss: Math.max(...Array.from(found, ([place, places]) => this.lossOf(place, places))),
      ms,
    }));
  }

  private lossOf(place: number, found: readonly number[]): number {
    const { rows } = this.input!;
    const { floats } = this.questions[place]!;
    const worst = (places: readonly number[]): number => Math.min(...places.map((row) => cosineAt(rows, row, floats)));
    return found.length < TOP ? 1 : Math.max(0, worst(this.truth[place]!) - worst(found));
  }

  private truthOfBytes(): number[][] {
    const { rows, dimension } = this.input!;
    const kept = dequantise(quantise(rows, dimension));
    return this.questions.map(({ floats }) => bruteForce(kept, floats));
  }
}

/** WebAssembly modules throw what they like. */
function describe(thrown: unknown): string {
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) return String(thrown.message);
  return typeof thrown === 'string' ? thrown : JSON.stringify(thrown);
}

function contenderOf(name: string): VectorContender {
  const found = contenders.find((contender) => contender.name === name);
  if (found === undefined) throw new Error(`There is no contender ${name}.`);
  return found;
}

/** In float64. */
function cosineAt(rows: Float32Array, row: number, query: Float32Array): number {
  let cosine = 0;
  for (let at = 0; at < query.length; at++) cosine += rows[row * query.length + at]! * query[at]!;
  return cosine;
}

/** Places of the best by float64, best first. */
function bruteForce(rows: Float32Array, query: Float32Array): number[] {
  const dimension = query.length;
  const best: { row: number; cosine: number }[] = [];
  for (let row = 0; row < rows.length / dimension; row++) {
    const cosine = cosineAt(rows, row, query);
    if (best.length === TOP && cosine <= best[TOP - 1]!.cosine) continue;
    best.push({ row, cosine });
    best.sort((a, b) => b.cosine - a.cosine);
    best.length = Math.min(best.length, TOP);
  }
  return best.map(({ row }) => row);
}
