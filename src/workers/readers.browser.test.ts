// Real workers that read many posts beside the one that answers drafts: the same bits, whoever reads, and gone when they are lost.
import { afterEach, expect, test, vi } from 'vitest';
import { createDeviceMemory } from '../core/model/deviceMemory.ts';
import { NO_VERDICT } from '../core/model/deviceVerdicts.ts';
import { Contest } from './contest.ts';
import { startEmbedder, type StartEmbedderOptions } from './startEmbedder.ts';
import { faultyWorker } from '../testing/faultyWorker.ts';

const TINY = new URL('/src/testing/models/tiny/', location.origin).href;
const mayThread = crossOriginIsolated && navigator.hardwareConcurrency > 1;
if (!mayThread) console.warn('NO SECOND CORE, OR NO SHARED MEMORY: readers are not tested in real workers');

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A device on which two readers were found to be the faster. */
async function started() {
  const workers: Worker[] = [];
  let stored: unknown = null;
  const memory = createDeviceMemory({
    get: () => Promise.resolve(stored),
    put: (value) => Promise.resolve(void (stored = structuredClone(value))),
  });
  const start = (more: Partial<StartEmbedderOptions>) =>
    startEmbedder({
      createWorker: () => {
        const worker = faultyWorker();
        workers.push(worker);
        return worker;
      },
      folder: TINY,
      passageRule: 'test',
      memory,
      ...more,
    });
  const first = await start({ provider: 'wasm' });
  const webgpu = { reason: 'not in this test', at: '2026-03-02T10:12:00.000Z', demoted: false };
  await memory.note(first.plan.key, () => ({ ...NO_VERDICT, refused: { webgpu }, threads: 2, workers: 2 }));
  first.dispose();
  const embedder = await start({});
  const running = new Contest(embedder, {
    memory,
    mayDouble: () => true,
    reading: () => ({ done: 0, waiting: 500 }),
    challenge: ({ provider, threads, workers: count }, heard) =>
      start({ ...heard, provider, threads, ...(count === undefined ? {} : { workers: count }) }),
    onPlan: () => undefined,
    onState: () => undefined,
  });
  closing.push(() => {
    running.dispose();
    for (const worker of workers) worker.terminate();
  });
  return { running, embedder, workers };
}

const TEXTS = Array.from({ length: 24 }, (_, n) =>
  Array.from({ length: 1 + (n % 9) }, (_, w) => `word ${n * w}`).join(' '),
);

test.skipIf(!mayThread)('read with the bits of the other, and leave a draft to it when they are lost', async () => {
  const { running, embedder, workers } = await started();
  expect(embedder.plan).toMatchObject({ provider: 'wasm', threads: 2, readers: 2 });
  const wanted = await running.embed(TEXTS, { lane: 'queue' });
  await vi.waitFor(() => expect(running.workers).toBe(2), { timeout: 20_000 });
  expect(workers).toHaveLength(4);
  const asked = vi.spyOn(embedder, 'embed');
  const [reading, draft] = await Promise.all([
    running.embed(TEXTS, { lane: 'queue' }),
    running.embed(TEXTS.slice(0, 1), { lane: 'draft' }),
  ]);
  expect(reading).toEqual(wanted);
  expect(draft).toEqual(wanted.subarray(0, draft.length));
  expect(asked).not.toHaveBeenCalled();
  for (const worker of workers.slice(2)) worker.postMessage('crash');
  const after = await running.embed(TEXTS.slice(0, 1), { lane: 'draft' });
  expect(after).toEqual(draft);
  await vi.waitFor(async () => expect(await running.embed(TEXTS, { lane: 'queue' })).toEqual(wanted), {
    timeout: 20_000,
  });
});
