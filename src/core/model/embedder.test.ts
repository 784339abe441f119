// The embedder over a fake engine.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { EmbeddingSpace } from '../embedding.ts';
import { BatchBudget } from './batchBudget.ts';
import { createEmbedder } from './embedder.ts';
import type { Engine } from './engine.ts';
import type { TextTokenizer } from './tokenizer.ts';

const DIMENSION = 4;

// However busy this machine is, a run takes no time.
beforeEach(() => void vi.spyOn(performance, 'now').mockReturnValue(0));
afterEach(() => void vi.restoreAllMocks());

/** One token a character. */
const tokenizer: TextTokenizer = {
  maxTokens: 50,
  ids: (text) => Array.from(text, (letter) => letter.charCodeAt(0)),
  idsWithin: (text) => tokenizer.ids(text),
  count: (text) => text.length,
};

/** Gives each row a unit vector that its own ids decide, and notes what it was asked. */
function fakeEngine() {
  const runs: { texts: string[] }[] = [];
  let working = 0;
  let held: Promise<void> = Promise.resolve();
  const engine: Engine = {
    async run(ids, batch, length) {
      expect(working).toBe(0);
      expect(ids).toHaveLength(batch * length);
      working++;
      const rows = Array.from({ length: batch }, (_, row) => [...ids.subarray(row * length, (row + 1) * length)]);
      runs.push({ texts: rows.map((row) => String.fromCharCode(...row.map(Number))) });
      await new Promise((resolve) => setTimeout(resolve));
      await held;
      working--;
      return Float32Array.from(rows.flatMap((row) => vectorOf(row.map(Number))));
    },
    dispose: () => Promise.resolve(),
  };
  /** No run ends until what is returned is called. */
  function hold(): () => void {
    let release = (): void => undefined;
    held = new Promise((resolve) => (release = resolve));
    return release;
  }
  return { engine, runs, hold, asked: () => runs.flatMap((run) => run.texts) };
}

function vectorOf(ids: number[]): number[] {
  const raw = [1, ids.length, ids[0] ?? 0, ids.at(-1) ?? 0];
  const norm = Math.hypot(...raw);
  return raw.map((value) => value / norm);
}

function embedder(batches: BatchBudget | null = null, dimension = DIMENSION) {
  const fake = fakeEngine();
  const space = { model: 'fake', dimension } as EmbeddingSpace;
  const made = createEmbedder({ space, batches, tokenizer, engine: fake.engine, engineDimension: DIMENSION });
  return { ...fake, embedder: made };
}

/** Of a card that was seen to be fast. */
function budget(): BatchBudget {
  const made = new BatchBudget();
  made.note(200, 1);
  return made;
}

const expected = (text: string): Float32Array => Float32Array.from(vectorOf(tokenizer.ids(text)));
const rowOf = (vectors: Float32Array, row: number): Float32Array =>
  vectors.slice(row * DIMENSION, (row + 1) * DIMENSION);
const TEXTS = ['abc', 'd', 'efg', 'hi', 'jkl', 'm'];

describe('the embedder', () => {
  test.each([null, budget()])('gives each text its row, in the order asked, alone and together', async (batches) => {
    const { embedder: e } = embedder(batches);
    const vectors = await e.embed(TEXTS, { lane: 'queue' });
    TEXTS.forEach((text, row) => expect(rowOf(vectors, row)).toEqual(expected(text)));
  });

  test('runs each text alone, or those of one length together, the longest first', async () => {
    const cpu = embedder();
    await cpu.embedder.embed(TEXTS, { lane: 'queue' });
    expect(cpu.runs.map((run) => run.texts)).toEqual(TEXTS.map((text) => [text]));
    const gpu = embedder(budget());
    await gpu.embedder.embed(TEXTS, { lane: 'queue' });
    expect(gpu.runs.map((run) => run.texts)).toEqual([['abc', 'efg', 'jkl'], ['hi'], ['d', 'm']]);
  });

  test('runs the texts of a draft alone, and of whoever asks for it', async () => {
    const gpu = embedder(budget());
    await gpu.embedder.embed(TEXTS, { lane: 'draft' });
    await gpu.embedder.embed(TEXTS, { lane: 'queue', alone: true });
    expect(gpu.runs.map((run) => run.texts)).toEqual([...TEXTS, ...TEXTS].map((text) => [text]));
  });

  test('lets a draft that comes wait for one batch at most', async () => {
    const { embedder: e, runs } = embedder(budget());
    const queue = e.embed(['q11', 'q12', 'q13', 'q1', 'q2', 'q'], { lane: 'queue' });
    await new Promise((resolve) => setTimeout(resolve));
    const draft = e.embed(['d1', 'd2'], { lane: 'draft' });
    await Promise.all([queue, draft]);
    expect(runs.map((run) => run.texts)).toEqual([['q11', 'q12', 'q13'], ['d1'], ['d2'], ['q1', 'q2'], ['q']]);
  });

  test('asks how many may run as each run begins, and tells how long it took', async () => {
    const batches = new BatchBudget();
    const { embedder: e, runs } = embedder(batches);
    const noted = vi.spyOn(batches, 'note');
    let clock = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => clock++);
    await e.embed(['t1', 't2', 't3', 't4'], { lane: 'queue' });
    // Nothing is known before the first run; it took next to nothing, so twice as much is tried.
    expect(runs.map((run) => run.texts)).toEqual([['t1'], ['t2', 't3'], ['t4']]);
    expect(noted.mock.calls.map(([tokens]) => tokens)).toEqual([2, 4, 2]);
    expect(noted.mock.calls.every(([, ms]) => ms > 0)).toBe(true);
  });

  test('cuts the next call into tokens while one runs, and runs it right after', async () => {
    const cut: string[] = [];
    const { embedder: e, runs, hold } = embedder(budget());
    const release = hold();
    vi.spyOn(tokenizer, 'idsWithin').mockImplementation((text) => {
      cut.push(text);
      return tokenizer.ids(text);
    });
    const first = e.embed(['aa', 'bb'], { lane: 'queue' });
    await vi.waitFor(() => expect(runs).toHaveLength(1));
    const second = e.embed(['cc', 'dd'], { lane: 'queue' });
    expect(cut).toEqual(['aa', 'bb', 'cc', 'dd']);
    expect(runs).toHaveLength(1);
    release();
    await Promise.all([first, second]);
    expect(runs.map((run) => run.texts)).toEqual([
      ['aa', 'bb'],
      ['cc', 'dd'],
    ]);
  });

  test('a count for a draft holds the next run of the queue back for a moment, one for the queue does not', async () => {
    let clock = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => clock);
    const counted = async (count: (e: ReturnType<typeof embedder>['embedder']) => void) => {
      const { embedder: e, runs, hold } = embedder();
      const release = hold();
      const queue = e.embed(['q1', 'q2'], { lane: 'queue' });
      await vi.waitFor(() => expect(runs).toHaveLength(1));
      count(e);
      release();
      return { queue, runs };
    };
    const free = await counted((e) => e.countTokens(['x'], 'queue'));
    await free.queue;
    const held = await counted((e) => e.countTokens(['x']));
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve));
    expect(held.runs).toHaveLength(1);
    clock = 11;
    await held.queue;
    expect(held.runs).toHaveLength(2);
  });

  test('lets a draft overtake the queue between two runs', async () => {
    const { embedder: e, asked } = embedder();
    const queue = e.embed(['q1', 'q2', 'q3'], { lane: 'queue' });
    const draft = e.embed(['d1'], { lane: 'draft' });
    await Promise.all([queue, draft]);
    expect(asked().indexOf('d1')).toBeLessThanOrEqual(1);
  });

  test('stops after the run that has begun when aborted, and rejects at once', async () => {
    const { embedder: e, asked } = embedder();
    const controller = new AbortController();
    const aborted = e.embed(['a1', 'a2', 'a3'], { lane: 'draft', signal: controller.signal });
    const other = e.embed(['b1'], { lane: 'queue' });
    await new Promise((resolve) => setTimeout(resolve));
    controller.abort('newer draft');
    await expect(aborted).rejects.toBe('newer draft');
    await other;
    expect(asked()).toEqual(['a1', 'b1']);
  });

  test('with a signal that has aborted runs nothing', async () => {
    const { embedder: e, asked } = embedder();
    await expect(e.embed(['a'], { lane: 'draft', signal: AbortSignal.abort('no') })).rejects.toBe('no');
    expect(asked()).toEqual([]);
  });

  test('of fewer dimensions keeps the first numbers as unit vectors', async () => {
    const { embedder: e } = embedder(null, 2);
    const vectors = await e.embed(['abc', 'd'], { lane: 'queue' });
    const [first = 0, second = 0] = expected('abc');
    expect(vectors).toHaveLength(4);
    expect(vectors[0]).toBeCloseTo(first / Math.hypot(first, second), 6);
    expect(Math.hypot(vectors[2] ?? 0, vectors[3] ?? 0)).toBeCloseTo(1, 6);
  });

  test('counts tokens, of no texts too', () => {
    const { embedder: e } = embedder();
    expect(e.countTokens(['abc', ''])).toEqual(Uint32Array.of(3, 0));
    expect(e.countTokens([])).toEqual(new Uint32Array(0));
  });

  test('disposed, rejects what waits and what comes', async () => {
    const { embedder: e } = embedder();
    const pending = e.embed(['a', 'b', 'c'], { lane: 'queue' });
    pending.catch(() => undefined);
    await e.dispose();
    await expect(pending).rejects.toMatchObject({ code: 'disposed' });
    await expect(e.embed(['a'], { lane: 'draft' })).rejects.toMatchObject({ code: 'disposed' });
  });
});
