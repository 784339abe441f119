// In the page: opens the contenders, has one at a time work, and compares what they gave.
import type { TextTokenizer } from '../../src/core/model/tokenizer.ts';
import type { Backend } from '../../src/app/bench/backend.ts';
import { agreement, type Agreement } from '../../src/app/bench/agreement.ts';
import { contenders, type Contender, type EngineFiles, type SessionChoice } from './contender.ts';
import { networkOf, openContender, openOurs, openSession, readTokenizer } from './open.ts';
import type { OpenContender, OpenSession } from './open.ts';

/** A thread pool goes on spinning a little after a run; the next contender should not pay for it. */
const SETTLE_MS = 60;

/** What a contender's vectors are worth. */
export interface VectorFigures {
  /** Against those of our fp32 network; null where that is not there. */
  toReference: Agreement | null;
  /** Against its own of each text alone; null for what embeds each alone anyway. */
  toAlone: Agreement | null;
}

/** One way to run a network, measured at several lengths. */
export interface SessionCase {
  label: string;
  network: string;
  choice: SessionChoice;
  /** So many of them, each in a worker of its own, run at once; 1 by default. */
  workers?: number;
}

interface Running {
  contender: Contender;
  open: OpenContender;
  vectors: Float32Array;
}

export class EngineBench {
  private texts: readonly string[] = [];
  private files: EngineFiles = { folder: '', networks: {} };
  private tokenizer: TextTokenizer | null = null;
  private readonly running = new Map<string, Running>();
  private readonly cases = new Map<string, OpenSession[]>();
  private ours: Backend | null = null;

  /** Comes first. Returns the tokens of each text, the special ones included. */
  async prepare(texts: readonly string[], files: EngineFiles): Promise<number[]> {
    const tokenizer = await readTokenizer(files);
    Object.assign(this, { texts, files, tokenizer });
    return texts.map((text) => tokenizer.idsWithin(text).length);
  }

  /** Opens one contender and closes it again: how long until it is ready. */
  async loadOne(contender: Contender): Promise<number> {
    const started = performance.now();
    const open = await openContender(contender, this.files, this.known());
    const ms = performance.now() - started;
    open.close();
    return ms;
  }

  /** Opens all that can be, or those whose names begin as one of `only`; what can't says why. */
  async openAll(
    only: readonly string[] | null,
  ): Promise<{ opened: Contender[]; failed: { name: string; why: string }[] }> {
    const failed: { name: string; why: string }[] = [];
    for (const contender of contenders(this.files)) {
      if (only !== null && !only.some((beginning) => contender.name.startsWith(beginning))) continue;
      try {
        const open = await openContender(contender, this.files, this.known());
        this.running.set(contender.name, { contender, open, vectors: new Float32Array() });
      } catch (error) {
        failed.push({ name: contender.name, why: error instanceof Error ? error.message : String(error) });
      }
    }
    return { opened: Array.from(this.running.values(), ({ contender }) => contender), failed };
  }

  /** One contender embeds all texts: milliseconds. */
  async turn(name: string): Promise<number> {
    const one = this.named(name);
    await pause(SETTLE_MS);
    const { ms, vectors } = await one.open.embed(this.texts);
    one.vectors = vectors;
    return ms;
  }

  /** Compares what a contender gave last, and closes it. */
  async judge(name: string, reference: Float32Array | null): Promise<VectorFigures> {
    const { contender, open, vectors } = this.named(name);
    const width = vectors.length / this.texts.length;
    const batched = contender.kind === 'ours' || (contender.batch ?? 1) > 1;
    const alone = batched ? await oneByOne(open, this.texts) : null;
    open.close();
    this.running.delete(name);
    return {
      toReference: reference === null ? null : agreement(vectors, reference, width),
      toAlone: alone === null ? null : agreement(vectors, alone, width),
    };
  }

  /** The texts' vectors by our network in fp32; null where that is not there. */
  async reference(): Promise<Float32Array | null> {
    if (this.files.networks.fp32 === undefined) return null;
    const session = await openSession(networkOf({ network: 'fp32' }, this.files), { threads: 1 });
    const { vectors } = await session.run(this.texts.map((text) => this.known().idsWithin(text)));
    session.close();
    return vectors;
  }

  /** Milliseconds that the shipped worker takes for the tokens of all texts alone, and for embedding them. */
  async tokenising(): Promise<{ tokensMs: number; wholeMs: number }> {
    this.ours ??= await openOurs({ threads: null }, this.files);
    const { ms: tokensMs } = await this.ours.countTokens(this.texts);
    return { tokensMs, wholeMs: (await this.ours.embed(this.texts)).ms };
  }

  async openCase({ label, network, choice, workers = 1 }: SessionCase): Promise<number> {
    const sessions = await Promise.all(Array.from({ length: workers }, () => openSession(network, choice)));
    this.cases.set(label, sessions);
    return sessions[0]?.createMs ?? 0;
  }

  /**
   * One case runs `runs` texts of `tokens` tokens on each of its workers: milliseconds of one text. Where several work at
   * once, the time that all took is shared among their texts.
   */
  async caseTurn(label: string, tokens: number, runs: number): Promise<number> {
    const sessions = this.cases.get(label);
    if (sessions === undefined) throw new Error(`The case ${label} is not open.`);
    const rows = this.rowsOf(tokens, runs);
    await pause(SETTLE_MS);
    const started = performance.now();
    const times = await Promise.all(sessions.map((session) => session.run(rows)));
    const ms = sessions.length === 1 ? (times[0]?.ms ?? NaN) : performance.now() - started;
    return ms / (rows.length * sessions.length);
  }

  /** Vectors of the texts by each case against those of the first one. */
  async compareCases(labels: readonly string[]): Promise<Agreement[]> {
    const rows = this.texts.map((text) => this.known().idsWithin(text));
    const found: Float32Array[] = [];
    for (const label of labels) {
      const session = this.cases.get(label)?.[0];
      if (session === undefined) throw new Error(`The case ${label} is not open.`);
      found.push((await session.run(rows)).vectors);
    }
    const first = found[0] ?? new Float32Array();
    return found.map((vectors) => agreement(vectors, first, first.length / rows.length));
  }

  /** Rows of real tokens, all of one length. */
  private rowsOf(tokens: number, count: number): number[][] {
    const tokenizer = this.known();
    const stream = this.texts.flatMap((text) => tokenizer.ids(text).slice(1, -1));
    const specials = tokenizer.ids('');
    const inner = tokens - specials.length;
    return Array.from({ length: count }, (_, at) => {
      const from = (at * inner) % Math.max(1, stream.length - inner);
      return [...specials.slice(0, 1), ...stream.slice(from, from + inner), ...specials.slice(1)];
    });
  }

  private named(name: string): Running {
    const one = this.running.get(name);
    if (one === undefined) throw new Error(`The contender ${name} is not open.`);
    return one;
  }

  private known(): TextTokenizer {
    if (this.tokenizer === null) throw new Error('Nothing is prepared.');
    return this.tokenizer;
  }
}

async function oneByOne(open: OpenContender, texts: readonly string[]): Promise<Float32Array> {
  const rows: number[] = [];
  for (const text of texts) rows.push(...(await open.embed([text])).vectors);
  return Float32Array.from(rows);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
