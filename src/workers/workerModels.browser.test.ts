// A model as the library gets it: raced against another backend, and taken to another when its own keeps being lost. In a real browser,
// with a tiny model on an emulated graphics card.
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ReadyModel } from '../core/library/modelPort.ts';
import { createDeviceMemory } from '../core/model/deviceMemory.ts';
import type { DeviceVerdicts } from '../core/model/deviceVerdicts.ts';
import type { DevicePlan, ModelState } from '../core/status.ts';
import { createWorkerModels } from './workerModels.ts';
import { faultyWorker } from '../testing/faultyWorker.ts';

const MODELS = new URL('/src/testing/models/', location.origin).href;
const SLOW = { timeout: 300_000 };

interface GpuNavigator {
  gpu?: { requestAdapter(): Promise<object | null> };
}
const adapter = await (navigator as GpuNavigator).gpu?.requestAdapter();
const hasGpu = adapter !== undefined && adapter !== null;
if (!hasGpu) console.warn('NO WEBGPU ADAPTER: the race and the demotion of backends are skipped');

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** The model started; each worker fails as the list says, the last for all others. */
function started(faults: string[]) {
  let stored: unknown = null;
  const memory = createDeviceMemory({
    get: () => Promise.resolve(stored),
    put: (value) => Promise.resolve(void (stored = structuredClone(value))),
  });
  const workers: Worker[] = [];
  const supply = createWorkerModels(
    {
      createWorker: () => {
        const name = (faults.length > 1 ? faults.shift() : faults[0]) ?? 'none';
        const worker = faultyWorker(name);
        workers.push(worker);
        return worker;
      },
      folder: MODELS,
    },
    { modelList: new URL('models.json', MODELS).href },
    memory,
  );
  const seen = {
    ready: [] as ReadyModel[],
    lost: [] as string[],
    plans: [] as DevicePlan[],
    states: [] as ModelState[],
  };
  const port = supply.port('tiny');
  port.start({
    onReady: (model) => seen.ready.push(model),
    onLost: (reason) => seen.lost.push(reason),
    onPlan: (plan) => seen.plans.push(plan),
    onState: (state) => seen.states.push(state),
    reading: () => ({ done: 0, waiting: 500 }),
  });
  closing.push(() => {
    void port.close();
    for (const worker of workers) worker.terminate();
  });
  const ready = (times: number) =>
    vi.waitFor(
      () => {
        const model = seen.ready[times - 1];
        if (model === undefined)
          throw new Error(`Ready ${seen.ready.length} times; ${JSON.stringify(seen.states.at(-1))}`);
        return model;
      },
      { timeout: 120_000, interval: 50 },
    );
  return { ...seen, ready, memory };
}

const verdictOf = (verdicts: DeviceVerdicts) => Object.values(verdicts)[0];

describe.skipIf(!hasGpu)('a model that may run on two backends', () => {
  test('is timed on both with what it reads, and goes on with the faster one', SLOW, async () => {
    const { ready, plans, memory, lost } = started(['none']);
    const { embedder } = await ready(1);
    expect(plans.at(-1)).toMatchObject({ provider: 'webgpu', race: null });
    // Of one length a call, as the queue gives them.
    const texts = Array.from({ length: 8 }, (_, n) => `the water ${n}`);
    await embedder.embed(texts, { lane: 'queue' });
    await embedder.embed(
      texts.map((text) => `${text} rises`),
      { lane: 'queue' },
    );
    const other = await ready(2);
    expect(other.embedder.space.numeric).toBe('int8');
    const race = verdictOf(await memory.verdicts())?.race;
    const rate = (provider: string) =>
      race?.contenders.find((contender) => contender.provider === provider)?.tokensPerSecond ?? NaN;
    console.info(
      `raced: ${Math.round(rate('webgpu'))} tokens a second on emulated WebGPU, ${Math.round(rate('wasm'))} on WASM; ` +
        `${Math.round(race?.ms ?? NaN)} ms for ${race?.passages} passages`,
    );
    expect(rate('wasm')).toBeGreaterThan(rate('webgpu'));
    expect(race?.kept.provider).toBe('wasm');
    expect(lost).toEqual(['A faster backend takes over.']);
    expect(plans.at(-1)).toMatchObject({ provider: 'wasm', candidates: [{ chosen: false }, { chosen: true }] });
    expect(plans.at(-1)?.candidates[0]?.reason).toMatch(
      /^slower here: \d+ tokens a second there, \d+ on the processor$/,
    );
    expect(plans.at(-1)?.probeWorstCosine).toBeGreaterThan(0.99);
    await expect(embedder.embed(texts, { lane: 'queue' })).rejects.toBeDefined();
    expect(await other.embedder.embed(texts, { lane: 'queue' })).toHaveLength(8 * 64);
  });

  test('loses the one that keeps failing to the other, which says so', SLOW, async () => {
    const { ready, plans, memory, lost, states } = started([
      'embed-crash',
      'load-crash',
      'load-crash',
      'load-crash',
      'none',
    ]);
    const { embedder } = await ready(1);
    await expect(embedder.embed(['hello'], { lane: 'queue' })).rejects.toMatchObject({ code: 'worker-crashed' });
    const other = await ready(2);
    expect(lost).toHaveLength(1);
    expect(other.embedder.space.numeric).toBe('int8');
    expect(plans.at(-1)).toMatchObject({ provider: 'wasm', demotions: [{ what: 'webgpu' }] });
    expect(plans.at(-1)?.candidates[0]?.reason).toMatch(/^lost 4 times, the last time because: .*out of memory/);
    expect(verdictOf(await memory.verdicts())?.refused.webgpu).toMatchObject({ demoted: true });
    expect(states.map(({ state }) => state)).not.toContain('failed');
    expect(await other.embedder.embed(['hello'], { lane: 'queue' })).toHaveLength(64);
  });
});
