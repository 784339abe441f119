// A contest of embedders of a known speed, for tests.
import { createDeviceMemory } from '../core/model/deviceMemory.ts';
import type { Reading } from '../core/model/race.ts';
import type { DevicePlan, ModelState, Runner } from '../core/status.ts';
import { Contest } from '../workers/contest.ts';
import { FAKE_DEVICE, fakeRunning, type FakeRunning } from './fakeRunning.ts';
import { START_TIMES } from './startTimes.ts';

export const GPU: Runner = { provider: 'webgpu', threads: 1, batched: false };
export const wasm = (threads: number): Runner => ({ provider: 'wasm', threads });
export const READY: ModelState = {
  state: 'ready',
  model: 'fake',
  dimension: 64,
  width: 64,
  bytes: 1,
  fromCache: true,
  notKept: null,
  start: START_TIMES,
};

interface Given {
  reading?: Reading;
  /** Threads share memory; true by default. */
  isolated?: boolean;
  mayDouble?: boolean;
  /** As measured at an earlier visit. */
  readers?: number;
  /** Milliseconds a text on WebGPU where texts run together. */
  msTogether?: number;
}

/** `speeds`: milliseconds a text, by provider, threads and workers; what has none does not start. */
export function fakeContest(first: Runner, speeds: Record<string, number>, given: Given = {}) {
  const { reading = { done: 0, waiting: 500 }, isolated = true, mayDouble = true, readers, msTogether } = given;
  const device = { ...FAKE_DEVICE, crossOriginIsolated: isolated };
  const capabilities = first.provider === 'webgpu' ? device : ({ ...device, gpu: 'absent' } as const);
  const memory = createDeviceMemory({ get: () => Promise.resolve(null), put: () => Promise.resolve() });
  const started: FakeRunning[] = [];
  const plans: DevicePlan[] = [];
  const states: ModelState[] = [];
  const start = (runner: Runner): FakeRunning => {
    const crew = runner.workers === undefined ? '' : `, ${runner.workers} workers`;
    const ms = speeds[`${runner.provider} ${runner.threads}${crew}`];
    if (ms === undefined) throw new Error('It does not start.');
    const made = fakeRunning(runner, ms, capabilities, runner.provider === 'webgpu' ? msTogether : undefined);
    started.push(made);
    return made;
  };
  const incumbent = start(first);
  if (readers !== undefined) Object.assign(incumbent.plan, { readers });
  const running = new Contest(incumbent, {
    memory,
    mayDouble: () => mayDouble,
    reading: () => reading,
    onPlan: (plan) => plans.push(plan),
    onState: (state) => states.push(state),
    challenge: async (runner, { onState } = {}) => {
      const made = start(runner);
      onState?.(READY);
      return Promise.resolve(made);
    },
    now: () => Date.now(),
  });
  const verdict = async () => (await memory.verdicts())[incumbent.plan.key];
  return { running, incumbent, started, plans, states, verdict };
}
