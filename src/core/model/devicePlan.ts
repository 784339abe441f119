// From what a device can do, and what was found out about it, to where the model runs on it, with a reason for every candidate.
import { KindredError } from '../errors.ts';
import {
  sameRunner,
  type Demotion,
  type DevicePlan,
  type ExecutionProvider,
  type PlanCandidate,
  type Race,
  type Runner,
} from '../status.ts';
import type { Capabilities } from './capabilities.ts';
import { deviceKey, deviceName, NO_VERDICT, type DeviceVerdict, type Refusable } from './deviceVerdicts.ts';
import type { RuntimeBuild } from './engine.ts';
import type { ModelManifest, NetworkFile } from './manifest.ts';

/** Workers where threads can't share memory: each more is a model more in memory. */
const PAIR = 2;
/** Most workers that read posts, by the memory of the device in GiB: each holds the model and what it computes with, some 100 MB. */
const READERS_BY_MEMORY = [
  { from: 8, readers: 4 },
  { from: 4, readers: 2 },
];
/** Taken until threads were measured: on networks of this size more seldom gain anything. */
const USUAL_THREADS = 4;

export interface PlanOptions {
  /** Takes this provider or fails with `backend-failed`; by default the plan chooses. */
  provider?: ExecutionProvider;
  /** What was found out about this device. A provider that is asked for by name is tried all the same. */
  verdict?: DeviceVerdict;
  /** Threads on WASM, in place of the number that the plan would choose. */
  threads?: number;
  /** Workers of so many threads each, where `threads` is given; one by default. */
  workers?: number;
  /** False: one text a run on WebGPU too. */
  batched?: false;
}

export type PlannedModel = Pick<ModelManifest, 'id' | 'revision'> & {
  files: Pick<ModelManifest['files'], 'wasm' | 'webgpu'>;
};

/** Pure. Throws `wasm-simd-missing` where the runtime can't work at all, `backend-failed` where the wanted provider is not there. */
export function planDevice(capabilities: Capabilities, model: PlannedModel, options: PlanOptions = {}): DevicePlan {
  if (!capabilities.wasmSimd) {
    const message =
      'This browser has no WebAssembly SIMD, which the model needs. Suggestions by words still work; ' +
      'for suggestions by meaning use a current Chrome, Edge, Firefox or Safari.';
    throw new KindredError('wasm-simd-missing', message);
  }
  const { files } = model;
  const verdict = options.verdict ?? NO_VERDICT;
  const impossible = refuseWebgpu(capabilities, files.webgpu, options.provider);
  const found = options.provider === undefined ? remembered(verdict) : null;
  const refusal = impossible ?? found;
  if (options.provider === 'webgpu' && refusal !== null) {
    throw new KindredError('backend-failed', `WebGPU was asked for and can not be used: ${refusal}.`);
  }
  const onGpu = refusal === null;
  const processor = threadsOf(capabilities, verdict, options);
  const batches = batchesOf(verdict);
  const candidates: PlanCandidate[] = [
    {
      provider: 'webgpu',
      format: files.webgpu?.format ?? 'fp32',
      chosen: onGpu,
      reason: refusal ?? [gpuReason(verdict.race), ...batches.reasons].join('; '),
      again: onGpu ? batches.again : impossible === null && found !== null ? 'webgpu' : null,
    },
    {
      provider: 'wasm',
      format: files.wasm.format,
      chosen: !onGpu,
      reason: onGpu ? wasmRefusal(verdict.race) : processor.reason,
      again: !onGpu && processor.refused ? 'threads' : null,
    },
  ];
  const chosen = onGpu && files.webgpu !== null ? files.webgpu : files.wasm;
  return {
    provider: onGpu ? 'webgpu' : 'wasm',
    format: chosen.format,
    threads: onGpu ? 1 : processor.threads,
    workers: onGpu ? 1 : processor.workers,
    threadsMeasured: !onGpu && processor.measured,
    readers: onGpu ? null : processor.readers,
    batched: onGpu && batches.taken && options.batched !== false,
    batchedMeasured: onGpu && verdict.batched !== null,
    probeWorstCosine: null,
    candidates,
    device: deviceName(capabilities),
    key: deviceKey(capabilities, model),
    race: verdict.race,
    demotions: (['webgpu', 'threads'] satisfies Demotion['what'][]).flatMap((what) => {
      const refused = verdict.refused[what];
      return refused?.demoted === true ? [{ what, reason: refused.reason, at: refused.at }] : [];
    }),
    losses: { times: 0, last: null },
  };
}

/** The smallest build of the runtime that the plan needs. */
export function runtimeBuild(
  plan: Pick<DevicePlan, 'provider'>,
  capabilities: Pick<Capabilities, 'jspi'>,
): RuntimeBuild {
  if (plan.provider === 'wasm') return 'wasm';
  return capabilities.jspi ? 'jspi' : 'asyncify';
}

/**
 * What is worth timing against the planned way on WASM: the next smaller and the next larger of the usual numbers of threads, the
 * smaller first; where threads can't share memory, a second worker.
 */
export function otherRunners(capabilities: Capabilities, planned: Pick<DevicePlan, 'threads' | 'workers'>): Runner[] {
  const cores = coresOf(capabilities);
  if (mayThread(capabilities))
    return otherThreads(cores, planned.threads).map((threads) => ({ provider: 'wasm', threads }));
  return cores >= PAIR && planned.workers === 1 ? [{ provider: 'wasm', threads: 1, workers: PAIR }] : [];
}

/**
 * Workers of one thread each that are worth timing as readers of many posts, beside one of several threads for drafts; null where the
 * device has no room for two, or where they were measured. A core is left to the page where there are more than two.
 */
export function readersToTry(
  capabilities: Capabilities,
  { provider, readers }: Pick<DevicePlan, 'provider' | 'readers'>,
): Runner | null {
  if (provider !== 'wasm' || readers !== null || !mayThread(capabilities)) return null;
  const cores = coresOf(capabilities);
  const { memoryGib } = capabilities;
  // Browsers that don't tell run on phones as well.
  const room = memoryGib === null ? PAIR : (READERS_BY_MEMORY.find(({ from }) => memoryGib >= from)?.readers ?? 1);
  const workers = Math.min(room, cores <= 2 ? cores : cores - 1);
  return workers < PAIR ? null : { provider: 'wasm', threads: 1, workers };
}

function otherThreads(cores: number, planned: number): number[] {
  const usual = [...new Set([1, 2, 4, 8, 16, cores - 1, cores])].filter((count) => count >= 1 && count <= cores);
  const below = Math.max(...usual.filter((count) => count < planned));
  const above = Math.min(...usual.filter((count) => count > planned));
  return [below, above].filter(Number.isFinite);
}

function refuseWebgpu(
  { gpu, shaderF16, gpuBufferBytes }: Capabilities,
  file: NetworkFile | null,
  wanted: ExecutionProvider | undefined,
): string | null {
  if (wanted === 'wasm') return 'switched off by an option';
  if (file === null) return 'the model has no file for it';
  if (gpu === 'absent') return 'the browser has no WebGPU';
  if (gpu === 'no-adapter') return 'the browser offers no graphics adapter';
  if (file.format === 'fp16' && !shaderF16) return 'the graphics adapter can not compute in half precision';
  if (gpuBufferBytes !== null && gpuBufferBytes < file.bytes) {
    return `the graphics adapter takes buffers of ${gpuBufferBytes} bytes, and the model may need ${file.bytes}`;
  }
  // Asked for by name it may still run, to test that path without a graphics card.
  if (gpu === 'software' && wanted !== 'webgpu')
    return 'the graphics adapter is emulated and slower than the processor';
  return null;
}

/** Why WebGPU is not tried again on this device. */
function remembered({ refused, race }: DeviceVerdict): string | null {
  if (refused.webgpu !== undefined) return `${refused.webgpu.reason} (found ${refused.webgpu.at.slice(0, 10)})`;
  if (race?.kept.provider === 'wasm' && rateOf(race, 'webgpu') !== null) return `slower here: ${compared(race)}`;
  return null;
}

function gpuReason(race: Race | null): string {
  if (race?.kept.provider !== 'webgpu' || rateOf(race, 'wasm') === null) return 'a graphics adapter is there';
  return fasterIsKept(race)
    ? `faster here: ${compared(race)}`
    : `kept, as your posts are read with it: ${compared(race)}`;
}

function wasmRefusal(race: Race | null): string {
  if (race?.kept.provider !== 'webgpu' || rateOf(race, 'wasm') === null) return 'the graphics adapter comes first';
  return fasterIsKept(race) ? 'the graphics adapter is faster' : 'your posts are read on the graphics adapter already';
}

const fasterIsKept = (race: Race): boolean => (rateOf(race, 'webgpu') ?? 0) >= (rateOf(race, 'wasm') ?? 0);

/** Of the way in use, or else of the first that was timed. */
function rateOf({ contenders, kept }: Race, provider: ExecutionProvider): number | null {
  const timed = contenders.filter((contender) => contender.provider === provider);
  const used = timed.find((contender) => sameRunner(contender, kept));
  return (used ?? timed[0])?.tokensPerSecond ?? null;
}

function compared(race: Race): string {
  const [gpu, cpu] = [rateOf(race, 'webgpu') ?? 0, rateOf(race, 'wasm') ?? 0].map(Math.round);
  return `${gpu} tokens a second there, ${cpu} on the processor`;
}

/** Whether texts of one length run together on the graphics card, and why not. */
function batchesOf({ refused, batched }: DeviceVerdict): {
  taken: boolean;
  reasons: string[];
  again: Refusable | null;
} {
  const refusal = refused.batches;
  if (refusal !== undefined) {
    const reason = `one text at a time: ${refusal.reason} (found ${refusal.at.slice(0, 10)})`;
    return { taken: false, reasons: [reason], again: 'batches' };
  }
  if (batched === false)
    return { taken: false, reasons: ['one text at a time, faster here than several'], again: null };
  return { taken: true, reasons: [], again: null };
}

const mayThread = ({ crossOriginIsolated, wasmThreads }: Capabilities): boolean => crossOriginIsolated && wasmThreads;
const coresOf = ({ hardwareConcurrency }: Capabilities): number => Math.max(1, Math.floor(hardwareConcurrency));

function threadsOf(
  capabilities: Capabilities,
  { refused, threads: measured, workers: measuredWorkers }: DeviceVerdict,
  { threads: wanted, workers = 1 }: Pick<PlanOptions, 'threads' | 'workers'>,
): Pick<DevicePlan, 'threads' | 'workers' | 'readers'> & { measured: boolean; refused: boolean; reason: string } {
  const { crossOriginIsolated, wasmThreads } = capabilities;
  const cores = coresOf(capabilities);
  const apartMeasured = measuredWorkers !== null && measuredWorkers <= cores ? measuredWorkers : null;
  const readers = mayThread(capabilities) ? apartMeasured : null;
  const one = (why: string) => ({
    threads: 1,
    workers: 1,
    readers,
    measured: false,
    refused: false,
    reason: `one thread: ${why}`,
  });
  const apart = (why: string) =>
    apartMeasured !== null && apartMeasured > 1
      ? { ...one(''), workers: apartMeasured, measured: true, reason: `two workers, faster here than one: ${why}` }
      : { ...one(why), measured: measuredWorkers !== null };
  const many = (threads: number, measured: boolean, why: string) => ({
    threads,
    workers: 1,
    readers,
    measured,
    refused: false,
    reason: `${said(threads, why)}${readers !== null && readers > 1 ? readBy(readers) : ''}`,
  });
  if (wanted !== undefined) return { ...many(wanted, false, 'as asked for'), workers, readers: null };
  if (!crossOriginIsolated) return apart('the page is not cross-origin isolated');
  if (!wasmThreads) return apart('the browser has no WebAssembly threads');
  if (refused.threads !== undefined)
    return { ...one(`${refused.threads.reason} (found ${refused.threads.at.slice(0, 10)})`), refused: true };
  if (measured !== null && measured <= cores) return many(measured, true, 'the fastest here, as measured');
  // Two cores are both worth having; with more, one is left to the page.
  const threads = cores <= 2 ? cores : Math.min(USUAL_THREADS, cores - 1);
  return many(threads, false, 'by the number of cores, until it is measured');
}

const readBy = (readers: number): string =>
  `; many posts are read by ${readers} workers of one thread, faster here as measured`;

const said = (threads: number, why: string): string =>
  `${threads === 1 ? 'one thread' : `${threads} threads`} with SIMD, ${why}`;
