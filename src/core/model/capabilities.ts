// What this thread of this device can do, found by asking. Must be called in the worker that will run the model.

export interface Capabilities {
  /** Threads need shared memory, which needs the page's isolation headers. */
  crossOriginIsolated: boolean;
  hardwareConcurrency: number;
  wasmSimd: boolean;
  wasmThreads: boolean;
  /** JavaScript promise integration, which the smaller WebGPU build of the runtime needs. */
  jspi: boolean;
  /** `software`: an adapter that draws on the processor, far slower than WebAssembly. */
  gpu: 'absent' | 'no-adapter' | 'software' | 'hardware';
  shaderF16: boolean;
}

/** (func (result v128) i32.const 0, i8x16.splat, i8x16.popcnt) */
const SIMD_MODULE = new Uint8Array([
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b, 0x03, 0x02, 0x01, 0x00,
  0x0a, 0x0a, 0x01, 0x08, 0x00, 0x41, 0x00, 0xfd, 0x0f, 0xfd, 0x62, 0x0b,
]);

/** A shared memory and one i32.atomic.load from it. */
const THREADS_MODULE = new Uint8Array([
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x04, 0x01, 0x60, 0x00, 0x00, 0x03, 0x02, 0x01, 0x00, 0x05,
  0x04, 0x01, 0x03, 0x01, 0x01, 0x0a, 0x0b, 0x01, 0x09, 0x00, 0x41, 0x00, 0xfe, 0x10, 0x02, 0x00, 0x1a, 0x0b,
]);

/** The parts of WebGPU that are asked; its own types are not in the standard library yet. */
interface GpuNavigator {
  gpu?: { requestAdapter(): Promise<GpuAdapter | null> };
}
interface GpuAdapter {
  features: { has(name: string): boolean };
  isFallbackAdapter?: boolean;
  info?: { isFallbackAdapter?: boolean; architecture?: string; description?: string };
}

export async function probeCapabilities(): Promise<Capabilities> {
  return {
    // Node shares memory without any headers.
    crossOriginIsolated: 'crossOriginIsolated' in globalThis ? globalThis.crossOriginIsolated : true,
    hardwareConcurrency: typeof navigator === 'undefined' ? 1 : navigator.hardwareConcurrency,
    wasmSimd: WebAssembly.validate(SIMD_MODULE),
    wasmThreads: typeof SharedArrayBuffer !== 'undefined' && WebAssembly.validate(THREADS_MODULE),
    jspi: 'Suspending' in WebAssembly,
    ...(await probeGpu()),
  };
}

async function probeGpu(): Promise<Pick<Capabilities, 'gpu' | 'shaderF16'>> {
  const gpu = typeof navigator === 'undefined' ? undefined : (navigator as GpuNavigator).gpu;
  if (gpu === undefined) return { gpu: 'absent', shaderF16: false };
  // Blocklisted drivers reject instead of answering null.
  const adapter = await gpu.requestAdapter().catch(() => null);
  if (adapter === null) return { gpu: 'no-adapter', shaderF16: false };
  return { gpu: isSoftware(adapter) ? 'software' : 'hardware', shaderF16: adapter.features.has('shader-f16') };
}

function isSoftware(adapter: GpuAdapter): boolean {
  const { info } = adapter;
  const named = `${info?.architecture ?? ''} ${info?.description ?? ''}`.toLowerCase();
  return adapter.isFallbackAdapter === true || info?.isFallbackAdapter === true || /swiftshader|llvmpipe/.test(named);
}
