// From a pause in typing to the vectors of the draft, with nothing else to do and while posts are read.
import { DraftVectors } from '../../src/core/library/draftVectors.ts';
import { passagesOf, quantile, start } from './start.ts';

/** As the ingest queue asks. */
const TEXTS_PER_CALL = 16;
const WARM_UP = 3;

export interface DraftTimes {
  /** Milliseconds. */
  p50: number;
  p95: number;
  pauses: number;
}

export interface DraftReport {
  model: string;
  threads: number;
  idle: DraftTimes;
  importing: DraftTimes;
  /** The last of five drafts, each of which gave way to the next one. */
  superseded: DraftTimes;
  /** Passages read by the queue a second: alone, and while drafts overtake it. */
  passagesPerSecond: { alone: number; beside: number };
  /** Milliseconds of one passage of the queue, the median: what a draft may have to wait for. */
  passageMs: number;
}

/** `texts` are posts; the drafts are their beginnings, with a paragraph that grows at each pause. */
export async function measureDraft(texts: readonly string[], pauses: number): Promise<DraftReport> {
  const embedder = await start();
  const passages = await passagesOf(embedder, texts, 400);
  const ready = { embedder, maxTokens: embedder.maxTokens, cosines: embedder.cosines, tokensPerSecond: null };
  const vectors = new DraftVectors();
  const written = texts.filter((text) => text.length > 1_200);
  const draftAt = (pause: number): string => {
    const text = written[pause % written.length] ?? '';
    // Two paragraphs that stay, one that is being written: its passage is the one that changed.
    return `${text.slice(0, 900)}\n\n${text.slice(900, 960 + ((pause * 37) % 240))} ${pause}`;
  };
  const embed = async (pause: number, signal = new AbortController().signal): Promise<number> => {
    const began = performance.now();
    const text = draftAt(pause);
    const source = { title: 'A draft', summary: '', text, blocks: [] };
    await vectors.of([{ source, near: text.length }], ready, signal);
    return performance.now() - began;
  };
  /** Types on in a draft whose other passages are known already, as while writing. */
  const measure = async (
    ask: (pause: number) => Promise<number>,
    between: () => Promise<void>,
  ): Promise<DraftTimes> => {
    const times: number[] = [];
    for (let pause = 0; pause < pauses + WARM_UP; pause++) {
      await between();
      const took = await ask(pause);
      if (pause >= WARM_UP) times.push(took);
    }
    return { p50: quantile(times, 0.5), p95: quantile(times, 0.95), pauses: times.length };
  };
  // No two pauses fall on the same moment of a run.
  const typing = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 120));
  const superseded = async (pause: number): Promise<number> => {
    for (let older = 0; older < 4; older++) {
      const given = new AbortController();
      const call = embed(pause * 5 + older, given.signal).catch(() => 0);
      given.abort();
      await call;
    }
    return embed(pause * 5 + 4);
  };

  let reading = true;
  let read = 0;
  const each: number[] = [];
  async function readOn(): Promise<void> {
    for (let at = 0; reading; at = (at + TEXTS_PER_CALL) % passages.length) {
      const part = passages.slice(at, at + TEXTS_PER_CALL);
      const began = performance.now();
      await embedder.embed(part, { lane: 'queue' });
      each.push((performance.now() - began) / part.length);
      read += part.length;
    }
  }
  const rate = async (work: () => Promise<void>): Promise<number> => {
    const [before, began] = [read, performance.now()];
    await work();
    return ((read - before) / (performance.now() - began)) * 1000;
  };

  const idle = await measure((pause) => embed(pause), typing);
  const queue = readOn();
  const alone = await rate(async () => {
    const began = performance.now();
    // On a slow device one call takes longer than that.
    while (each.length < 3 || performance.now() - began < 6_000) await typing();
  });
  const passageMs = quantile(each, 0.5);
  const found: DraftTimes[] = [];
  const beside = await rate(async () => {
    found.push(await measure((pause) => embed(1_000 + pause), typing));
  });
  found.push(await measure((pause) => superseded(2_000 + pause), typing));
  reading = false;
  await queue;
  const { threads } = embedder.plan;
  const [importing = idle, last = idle] = found;
  const { model } = embedder.space;
  embedder.dispose();
  return { model, threads, idle, importing, superseded: last, passagesPerSecond: { alone, beside }, passageMs };
}
