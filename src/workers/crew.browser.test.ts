// Two real workers that share the work: the same bits as one, and nothing lost when one of them is struck.
import { afterEach, expect, test, vi } from 'vitest';
import type { DevicePlan, ModelState } from '../core/status.ts';
import { startEmbedder } from './startEmbedder.ts';
import type { RunningEmbedder } from './startEmbedder.ts';
import { faultyWorker } from '../testing/faultyWorker.ts';

const TINY = new URL('/src/testing/models/tiny/', location.origin).href;
const workers: Worker[] = [];
const running: RunningEmbedder[] = [];
afterEach(() => {
  for (const embedder of running.splice(0)) embedder.dispose();
  for (const worker of workers.splice(0)) worker.terminate();
});

async function start(count: number) {
  const plans: DevicePlan[] = [];
  const states: ModelState[] = [];
  const embedder = await startEmbedder({
    createWorker: () => {
      const worker = faultyWorker();
      workers.push(worker);
      return worker;
    },
    folder: TINY,
    passageRule: 'test',
    provider: 'wasm',
    threads: 1,
    workers: count,
    onPlan: (plan) => plans.push(plan),
    onState: (state) => states.push(state),
  });
  running.push(embedder);
  return { embedder, plans, states };
}

const TEXTS = Array.from({ length: 40 }, (_, n) =>
  Array.from({ length: 1 + (n % 9) }, (_, w) => `word ${n * w}`).join(' '),
);

test('gives the bits that one gives, in the order asked', async () => {
  const one = await start(1);
  const wanted = await one.embedder.embed(TEXTS, { lane: 'queue' });
  const two = await start(2);
  expect(workers).toHaveLength(3);
  expect(two.plans.at(-1)).toMatchObject({ provider: 'wasm', threads: 1, workers: 2 });
  expect(await two.embedder.embed(TEXTS, { lane: 'queue' })).toEqual(wanted);
  expect(await two.embedder.countTokens(TEXTS)).toEqual(await one.embedder.countTokens(TEXTS));
  expect(two.embedder.memoryBytes()).toBeGreaterThan(1.5 * one.embedder.memoryBytes());
});

test('loses nothing when one of the two is struck: the queue asks again, the draft is answered', async () => {
  const { embedder, states } = await start(2);
  const before = await embedder.embed(TEXTS, { lane: 'queue' });
  const told = states.length;
  for (const struck of [1, 0]) {
    const call = embedder.embed(TEXTS, { lane: 'queue' });
    const draft = embedder.embed(['a draft'], { lane: 'draft' });
    workers[struck]?.postMessage('crash');
    await call.catch((error: unknown) => expect(error).toMatchObject({ code: 'worker-crashed' }));
    expect(await draft).toHaveLength(before.length / TEXTS.length);
    await vi.waitFor(async () => expect(await embedder.embed(TEXTS, { lane: 'queue' })).toEqual(before), {
      timeout: 20_000,
    });
  }
  expect(workers.length).toBeGreaterThanOrEqual(4);
  expect(embedder.plan).toMatchObject({ workers: 2 });
  expect(embedder.plan.losses.times).toBeGreaterThanOrEqual(2);
  // The other went on meanwhile: the model was there all the time.
  expect(states).toHaveLength(told);
});
