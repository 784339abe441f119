// How the embedder chooses its backend, falls back and recovers, with a tiny model on a real (emulated) graphics card.
import { afterEach, describe, expect, test, vi } from 'vitest';
import { isAbort } from '../core/errors.ts';
import { createDeviceMemory } from '../core/model/deviceMemory.ts';
import type { DevicePlan, ModelState } from '../core/status.ts';
import { startEmbedder } from './startEmbedder.ts';
import type { RunningEmbedder, StartEmbedderOptions } from './startEmbedder.ts';
import { faultyWorker } from '../testing/faultyWorker.ts';

const TINY = new URL('/src/testing/models/tiny/', location.origin).href;
const DIMENSION = 64;
/** Many workers one after the other, with pauses between them. */
const SLOW = { timeout: 300_000 };

type Fault =
  'none' | 'disagree' | 'mixed-batches' | 'broken' | 'embed-crash' | 'load-crash' | 'load-silence' | 'runtime-silence';

interface GpuNavigator {
  gpu?: { requestAdapter(): Promise<object | null> };
}
const adapter = await (navigator as GpuNavigator).gpu?.requestAdapter();
const hasGpu = adapter !== undefined && adapter !== null;
if (!hasGpu) console.warn('NO WEBGPU ADAPTER: the tests of the WebGPU path are skipped');

const workers: Worker[] = [];
const running: RunningEmbedder[] = [];
afterEach(() => {
  for (const embedder of running.splice(0)) embedder.dispose();
  for (const worker of workers.splice(0)) worker.terminate();
});

/** `fault` is of every worker that it starts; of a list the first is of the first, and the last of all others. */
async function start(fault: Fault | Fault[], options: Partial<StartEmbedderOptions> = {}) {
  const plans: DevicePlan[] = [];
  const states: ModelState[] = [];
  const faults = [fault].flat();
  const starting = startEmbedder({
    createWorker: () => {
      const name = (faults.length > 1 ? faults.shift() : faults[0]) ?? 'none';
      const worker = faultyWorker(name);
      workers.push(worker);
      return worker;
    },
    folder: TINY,
    passageRule: 'test',
    onPlan: (plan) => plans.push(plan),
    onState: (state) => states.push(state),
    ...options,
  });
  return { starting, plans, states };
}

async function started(fault: Fault | Fault[], options: Partial<StartEmbedderOptions> = {}) {
  const { starting, plans, states } = await start(fault, options);
  const embedder = await starting;
  running.push(embedder);
  return { embedder, plans, states };
}

function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

describe.skipIf(!hasGpu)('with a graphics card', () => {
  test('WebGPU is taken, agrees with the probes, and nearly with WASM', async () => {
    const gpu = await started('none');
    expect(gpu.plans.at(-1)).toMatchObject({ provider: 'webgpu', format: 'nbits', threads: 1 });
    expect(gpu.plans.at(-1)).toMatchObject({ batched: true, batchedMeasured: false });
    expect(gpu.embedder.batches).toBe(true);
    expect(gpu.plans.at(-1)?.probeWorstCosine).toBeGreaterThanOrEqual(0.99);
    expect(gpu.embedder.space.numeric).toBe('nbits');
    const cpu = await started('none', { provider: 'wasm' });
    const texts = ['hello', 'hello', 'a b c', 'x y z', ''];
    const [onGpu, onCpu] = [
      await gpu.embedder.embed(texts, { lane: 'queue' }),
      await cpu.embedder.embed(texts, { lane: 'queue' }),
    ];
    texts.forEach((_, index) => {
      const slice = (rows: Float32Array): Float32Array => rows.subarray(index * DIMENSION, (index + 1) * DIMENSION);
      expect(cosine(slice(onGpu), slice(onCpu))).toBeGreaterThan(0.97);
    });
  });

  test.each([
    ['disagree', /worst cosine against the golden vectors is [01]\.\d{6}, at least 1 /],
    ['broken', /^it failed: /],
  ] as const)(
    'a WebGPU that is "%s" is left for WASM in a fresh worker, with the reason in the plan',
    async (fault, reason) => {
      const { embedder, plans, states } = await started(fault);
      expect(workers).toHaveLength(2);
      expect(plans[0]?.provider).toBe('webgpu');
      const plan = plans.at(-1);
      expect(plan).toMatchObject({ provider: 'wasm', format: 'int8' });
      expect(plan?.candidates[0]).toMatchObject({ provider: 'webgpu', chosen: false });
      expect(plan?.candidates[0]?.reason).toMatch(reason);
      expect(states.map((state) => state.state)).not.toContain('failed');
      expect(await embedder.embed(['hello'], { lane: 'draft' })).toHaveLength(DIMENSION);
    },
  );

  test(
    'one on which texts run together are wrong takes them one at a time, tells why, and remembers it',
    SLOW,
    async () => {
      const memory = createDeviceMemory({ get: () => Promise.resolve(null), put: () => Promise.resolve() });
      const { embedder, plans, states } = await started(['mixed-batches', 'mixed-batches'], { memory });
      expect(workers).toHaveLength(2);
      expect(plans[0]).toMatchObject({ provider: 'webgpu', batched: true });
      expect(plans.at(-1)).toMatchObject({ provider: 'webgpu', batched: false });
      expect(plans.at(-1)?.probeWorstCosine).toBeGreaterThanOrEqual(0.99);
      expect(plans.at(-1)?.candidates[0]).toMatchObject({
        chosen: true,
        reason: expect.stringMatching(/; one text at a time: .* several texts at once wrongly: of \d+ texts/) as string,
        again: 'batches',
      });
      expect(states.map(({ state }) => state)).not.toContain('failed');
      expect(embedder.batches).toBe(false);
      // Of one length: they would be exchanged.
      const together = await embedder.embed(['hello', 'time'], { lane: 'queue' });
      const alone = await embedder.embed(['hello'], { lane: 'draft' });
      expect(cosine(alone, together.subarray(0, DIMENSION))).toBeGreaterThanOrEqual(0.99999);
      const key = plans[0]?.key ?? '';
      expect((await memory.verdicts())[key]?.refused).toMatchObject({ batches: { demoted: false } });
    },
  );

  test('a backend that failed is remembered: the next start does not try it', async () => {
    let kept: unknown = null;
    const memory = () =>
      createDeviceMemory({
        get: () => Promise.resolve(kept),
        put: (value) => Promise.resolve(void (kept = structuredClone(value))),
      });
    await started('broken', { memory: memory() });
    expect(workers).toHaveLength(2);
    const { plans } = await started('broken', { memory: memory() });
    expect(workers).toHaveLength(3);
    expect(plans[0]?.candidates[0]?.reason).toMatch(/^it failed: .*\(found \d{4}-\d\d-\d\d\)$/s);
    expect(plans[0]?.demotions).toEqual([]);
  });

  test('a WebGPU that is lost again and again is given up, and another backend can take its place', SLOW, async () => {
    const memory = createDeviceMemory({ get: () => Promise.resolve(null), put: () => Promise.resolve() });
    const { embedder, states } = await started(['embed-crash', 'load-crash'], { memory });
    await embedder.embed(['hello'], { lane: 'queue' }).catch(() => undefined);
    expect(await embedder.closed).toMatchObject({ code: 'worker-crashed' });
    expect(embedder.replaceable).toBe(true);
    expect(states.map(({ state }) => state)).not.toContain('failed');
    expect(workers).toHaveLength(4);
    const other = await started('none', { memory });
    expect(other.plans[0]).toMatchObject({ provider: 'wasm', demotions: [{ what: 'webgpu' }] });
    expect(await other.embedder.embed(['hello'], { lane: 'queue' })).toHaveLength(DIMENSION);
  });

  test('a WebGPU that was asked for by name fails instead of falling back', async () => {
    const { starting, states } = await start('disagree', { provider: 'webgpu' });
    await expect(starting).rejects.toMatchObject({ code: 'probes-disagree' });
    expect(workers).toHaveLength(1);
    expect(states.at(-1)).toMatchObject({ state: 'failed', code: 'probes-disagree' });
  });
});

describe('the embedder', () => {
  test('rejects pending calls with worker-crashed and goes on in a fresh worker', async () => {
    const { embedder, states } = await started('none', { provider: 'wasm' });
    const before = await embedder.embed(['hello'], { lane: 'draft' });
    const pending = embedder.embed(
      Array.from({ length: 200 }, (_, n) => `text ${n}`),
      { lane: 'queue' },
    );
    workers[0]?.postMessage('crash');
    await expect(pending).rejects.toMatchObject({
      code: 'worker-crashed',
      message: expect.stringContaining('out of memory') as string,
    });
    expect(await embedder.embed(['hello'], { lane: 'draft' })).toEqual(before);
    expect(workers).toHaveLength(2);
    expect(states.at(-1)?.state).toBe('ready');
  });

  test('takes one thread when it is lost four times in a row, and gives up when that does not help', SLOW, async () => {
    const memory = createDeviceMemory({ get: () => Promise.resolve(null), put: () => Promise.resolve() });
    const { embedder, states, plans } = await started('embed-crash', { provider: 'wasm', memory });
    const [threads = 0, key = ''] = [plans[0]?.threads, plans[0]?.key];
    const rejected: unknown[] = [];
    for (let call = 0; call < 8; call++) {
      await embedder.embed(['hello'], { lane: 'queue' }).catch((error: unknown) => rejected.push(error));
    }
    expect(rejected).toHaveLength(8);
    for (const error of rejected) expect(error).toMatchObject({ code: 'worker-crashed' });
    expect(threads).toBeGreaterThan(1);
    expect((await memory.verdicts())[key]?.refused.threads).toMatchObject({ demoted: true });
    expect(plans.at(-1)).toMatchObject({ threads: 1, demotions: [{ what: 'threads' }], losses: { times: 7 } });
    expect(await embedder.closed).toMatchObject({ code: 'worker-crashed' });
    expect(embedder.replaceable).toBe(false);
    expect(workers).toHaveLength(8);
    expect(states.at(-1)).toMatchObject({ state: 'failed', code: 'worker-crashed' });
  });

  test('a start that gives no sign is ended: with less it may come up', SLOW, async () => {
    const startLimitsMs = { runtime: 8_000 };
    const { embedder, plans, states } = await started(['runtime-silence', 'none'], { provider: 'wasm', startLimitsMs });
    expect(workers).toHaveLength(2);
    expect(plans[0]?.threads).toBeGreaterThan(1);
    expect(plans.at(-1)?.threads).toBe(1);
    expect(plans.at(-1)?.candidates[1]?.reason).toContain('the WebAssembly runtime did not start within 8 s');
    expect(states.map(({ state }) => state)).not.toContain('failed');
    expect(await embedder.embed(['hello'], { lane: 'draft' })).toHaveLength(DIMENSION);
  });

  test('a worker that never says how its start went is told of, with the remedy', async () => {
    const { starting, states } = await start('load-silence', { startLimitsMs: { worker: 1_000 } });
    const message = expect.stringMatching(/came to a halt: its script did not load within 1 s\. Try again/) as string;
    await expect(starting).rejects.toMatchObject({ code: 'worker-crashed', message });
    expect(states).toMatchObject([{ state: 'failed', code: 'worker-crashed', message }]);
  });

  test('asks a draft once more when its worker is lost under it', async () => {
    const { embedder } = await started('none', { provider: 'wasm' });
    const before = await embedder.embed(['hello'], { lane: 'draft' });
    const draft = embedder.embed(['hello'], { lane: 'draft' });
    workers[0]?.terminate();
    expect(await draft).toEqual(before);
    expect(workers).toHaveLength(2);
  });

  test('is replaced when its memory has grown and nothing waits, and gives the same bits afterwards', async () => {
    const { embedder, states } = await started('none', { provider: 'wasm', recycleAt: 0.6 });
    const texts = ['hello', 'a b c', ''];
    const before = await embedder.embed(texts, { lane: 'queue' });
    await vi.waitFor(() => expect(embedder.recycled).toBe(1), { timeout: 20_000 });
    const told = states.length;
    expect(await embedder.embed(texts, { lane: 'queue' })).toEqual(before);
    expect(workers).toHaveLength(2);
    expect(states).toHaveLength(told);
    expect(embedder.plan.losses.times).toBe(0);
    expect(embedder.memoryBytes()).toBeGreaterThan(0);
  });

  test('a draft overtakes the queue, and an aborted call rejects at once', async () => {
    const { embedder } = await started('none', { provider: 'wasm' });
    const order: string[] = [];
    const controller = new AbortController();
    const queue = embedder
      .embed(
        Array.from({ length: 300 }, (_, n) => `queued text ${n}`),
        { lane: 'queue', signal: controller.signal },
      )
      .catch((error: unknown) => error)
      .finally(() => order.push('queue'));
    await embedder.embed(['draft'], { lane: 'draft' });
    order.push('draft');
    controller.abort();
    expect(isAbort(await queue)).toBe(true);
    expect(order).toEqual(['draft', 'queue']);
  });

  test('a text over the limit is refused by its beginning, and the embedder goes on', async () => {
    const { embedder } = await started('none', { provider: 'wasm' });
    const long = 'word '.repeat(100);
    await expect(embedder.embed([long], { lane: 'queue' })).rejects.toMatchObject({
      code: 'text-too-long',
      item: expect.stringContaining('word word') as string,
    });
    const [count = 0] = await embedder.countTokens([long]);
    expect(count).toBeGreaterThan(embedder.maxTokens);
    expect(await embedder.embed([], { lane: 'queue' })).toHaveLength(0);
    expect(await embedder.embed([' \n'], { lane: 'queue' })).toHaveLength(DIMENSION);
  });

  test('keeps the first numbers of a vector when fewer are asked for, as a unit vector of another space', async () => {
    const whole = await started('none', { provider: 'wasm' });
    const cut = await started('none', { provider: 'wasm', dimension: 16 });
    expect(cut.embedder.space.dimension).toBe(16);
    const long = await whole.embedder.embed(['hello'], { lane: 'draft' });
    const short = await cut.embedder.embed(['hello'], { lane: 'draft' });
    const norm = Math.hypot(...long.subarray(0, 16));
    short.forEach((value, index) => expect(value).toBeCloseTo((long[index] ?? NaN) / norm, 6));
  });

  test('disposed, it rejects what is under way and what comes', async () => {
    const { embedder } = await started('none', { provider: 'wasm' });
    const pending = embedder.embed(
      Array.from({ length: 100 }, (_, n) => `text ${n}`),
      { lane: 'queue' },
    );
    embedder.dispose();
    await expect(pending).rejects.toMatchObject({ code: 'disposed' });
    await expect(embedder.embed(['hello'], { lane: 'draft' })).rejects.toMatchObject({ code: 'disposed' });
    expect(await embedder.closed).toMatchObject({ code: 'disposed' });
  });

  test('a model that is not there fails with the address, and a start can be given up', async () => {
    const missing = await start('none', { folder: new URL('/models/none-such/', location.origin).href });
    await expect(missing.starting).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining('none-such/manifest.json') as string,
    });
    expect(missing.states).toMatchObject([{ state: 'failed', code: 'model-missing' }]);
    const controller = new AbortController();
    const given = await start('none', { signal: controller.signal });
    controller.abort('page closed');
    await expect(given.starting).rejects.toBe('page closed');
    expect(given.states.map((state) => state.state)).not.toContain('failed');
  });
});
