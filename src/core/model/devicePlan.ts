// From what a device can do to where the model runs on it, with a reason for every candidate.
import { KindredError } from '../errors.ts';
import type { DevicePlan, ExecutionProvider, PlanCandidate } from '../status.ts';
import type { Capabilities } from './capabilities.ts';
import type { RuntimeBuild } from './engine.ts';
import type { ModelManifest, NetworkFile } from './manifest.ts';

/** More threads than this gain nothing on networks of this size. */
const MAX_THREADS = 4;

export interface PlanOptions {
  /** Takes this provider or fails with `backend-failed`; by default the plan chooses. */
  provider?: ExecutionProvider;
  /** Why WebGPU was given up on this device in an earlier attempt. */
  webgpuRefused?: string;
  /** Threads on WASM, in place of the number that the plan would choose. */
  threads?: number;
}

/** Pure. Throws `wasm-simd-missing` where the runtime can't work at all, `backend-failed` where the wanted provider is not there. */
export function planDevice(
  capabilities: Capabilities,
  files: Pick<ModelManifest['files'], 'wasm' | 'webgpu'>,
  options: PlanOptions = {},
): DevicePlan {
  if (!capabilities.wasmSimd) {
    const message =
      'This browser has no WebAssembly SIMD, which the model needs. Suggestions by words still work; ' +
      'for suggestions by meaning use a current Chrome, Edge, Firefox or Safari.';
    throw new KindredError('wasm-simd-missing', message);
  }
  const refusal = options.webgpuRefused ?? refuseWebgpu(capabilities, files.webgpu, options.provider);
  if (options.provider === 'webgpu' && refusal !== null) {
    throw new KindredError('backend-failed', `WebGPU was asked for and can not be used: ${refusal}.`);
  }
  const onGpu = refusal === null;
  const threads = onGpu ? 1 : (options.threads ?? threadCount(capabilities));
  const candidates: PlanCandidate[] = [
    {
      provider: 'webgpu',
      format: files.webgpu?.format ?? 'fp32',
      chosen: onGpu,
      reason: refusal ?? 'a graphics adapter is there',
    },
    {
      provider: 'wasm',
      format: files.wasm.format,
      chosen: !onGpu,
      reason: onGpu ? 'the graphics adapter comes first' : threadReason(capabilities, threads),
    },
  ];
  const chosen = onGpu && files.webgpu !== null ? files.webgpu : files.wasm;
  return {
    provider: onGpu ? 'webgpu' : 'wasm',
    format: chosen.format,
    threads,
    probeWorstCosine: null,
    candidates,
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

function refuseWebgpu(
  { gpu, shaderF16 }: Capabilities,
  file: NetworkFile | null,
  wanted: ExecutionProvider | undefined,
): string | null {
  if (wanted === 'wasm') return 'switched off by an option';
  if (file === null) return 'the model has no file for it';
  if (gpu === 'absent') return 'the browser has no WebGPU';
  if (gpu === 'no-adapter') return 'the browser offers no graphics adapter';
  if (file.format === 'fp16' && !shaderF16) return 'the graphics adapter can not compute in half precision';
  // Asked for by name it may still run, to test that path without a graphics card.
  if (gpu === 'software' && wanted !== 'webgpu') return 'the graphics adapter is emulated and slower than WebAssembly';
  return null;
}

function threadCount({ crossOriginIsolated, wasmThreads, hardwareConcurrency }: Capabilities): number {
  if (!crossOriginIsolated || !wasmThreads) return 1;
  // Two cores are both worth having; with more, one is left to the page.
  const cores = Math.max(1, Math.floor(hardwareConcurrency));
  return cores <= 2 ? cores : Math.min(MAX_THREADS, cores - 1);
}

function threadReason({ crossOriginIsolated, wasmThreads }: Capabilities, threads: number): string {
  if (threads > 1) return `${threads} threads with SIMD`;
  if (!crossOriginIsolated) return 'one thread: the page is not cross-origin isolated';
  if (!wasmThreads) return 'one thread: the browser has no WebAssembly threads';
  return 'one thread with SIMD';
}
