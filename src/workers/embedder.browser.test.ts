// The shipped model in the shipped worker in a real browser.
import { afterEach, describe, expect, test } from 'vitest';
import type { DevicePlan, ModelState } from '../core/status.ts';
import { shippedModelFolder } from '../testing/shippedModel.ts';
import { startEmbedder } from './startEmbedder.ts';
import type { RunningEmbedder, StartEmbedderOptions } from './startEmbedder.ts';

const createWorker = (): Worker => new Worker(new URL('./embedder.worker.ts', import.meta.url), { type: 'module' });
/** That the model stores by default. */
const DIMENSION = 256;
const SHIPPED = await shippedModelFolder();

const TEXTS = [
  'hello',
  'Lunch moved to one o’clock today.',
  'How do I roll back a database migration without losing the rows that were written since?',
  '',
  'Crème brûlée à la façon de Zoë, 🚀🎉 今日は新しい検索機能を公開しました。',
];

const running: RunningEmbedder[] = [];
afterEach(() => {
  for (const embedder of running.splice(0)) embedder.dispose();
});

async function start(options: Partial<StartEmbedderOptions> = {}) {
  const plans: DevicePlan[] = [];
  const states: ModelState[] = [];
  const embedder = await startEmbedder({
    createWorker,
    folder: SHIPPED,
    passageRule: 'test',
    onPlan: (plan) => plans.push(plan),
    onState: (state) => states.push(state),
    ...options,
  });
  running.push(embedder);
  return { embedder, plans, states, plan: plans.at(-1) };
}

const row = (vectors: Float32Array, index: number): Float32Array =>
  vectors.slice(index * DIMENSION, (index + 1) * DIMENSION);

describe('the shipped model on WASM', () => {
  test('agrees with its probes, with threads, and tells how it went', async () => {
    const { plans, states, embedder } = await start({ provider: 'wasm' });
    expect(plans).toHaveLength(2);
    expect(plans[0]?.probeWorstCosine).toBeNull();
    expect(plans[1]?.probeWorstCosine).toBeGreaterThanOrEqual(0.97);
    expect(plans[1]).toMatchObject({
      provider: 'wasm',
      format: 'int8',
      threads: Math.min(2, navigator.hardwareConcurrency),
    });
    const kinds = [...new Set(states.map((state) => state.state))];
    expect(kinds).toEqual(['downloading', 'starting', 'ready']);
    expect(embedder.space).toMatchObject({ dimension: DIMENSION, numeric: 'int8', passageRule: 'test' });
    expect(embedder.maxTokens).toBe(256);
  });

  test('gives a text the same bits alone, among others, in either lane and in a fresh worker, which needs no download', async () => {
    const { embedder } = await start({ provider: 'wasm' });
    const together = await embedder.embed(TEXTS, { lane: 'queue' });
    expect(together).toHaveLength(TEXTS.length * DIMENSION);
    const busy = embedder.embed([...TEXTS].reverse(), { lane: 'queue' });
    for (const [index, text] of TEXTS.entries()) {
      expect(await embedder.embed([text], { lane: 'draft' })).toEqual(row(together, index));
    }
    expect(row(await busy, 0)).toEqual(row(together, TEXTS.length - 1));

    const fresh = await start({ provider: 'wasm' });
    expect(fresh.states.at(-1)).toMatchObject({ state: 'ready', fromCache: true });
    expect(await fresh.embedder.embed(TEXTS, { lane: 'queue' })).toEqual(together);
    for (let index = 0; index < TEXTS.length; index++) {
      expect(Math.hypot(...row(together, index))).toBeCloseTo(1, 5);
    }
  });
});
