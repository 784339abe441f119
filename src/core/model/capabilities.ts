// What this thread of this device can do, found by asking. Must be called in the worker that will run the model.

export interface Capabilities {
  /** Threads need shared memory, which needs the page's isolation headers. */
  crossOriginIsolated: boolean;
  hardwareConcurrency: number;
  /** Memory of the device in GiB, as coarsely as the browser tells; null where it doesn't. */
  memoryGib: number | null;
  wasmSimd: boolean;
  wasmThreads: boolean;
  /** JavaScript promise integration, which the smaller WebGPU build of the runtime needs. */
  jspi: boolean;
  /** `software`: an adapter that draws on the processor, far slower than WebAssembly. */
  gpu: 'absent' | 'no-adapter' | 'software' | 'hardware';
  shaderF16: boolean;
  /** Name of the graphics adapter, as far as the browser tells; null without one. */
  adapter: string | null;
  /** Largest buffer that the adapter binds; null without one. */
  gpuBufferBytes: number | null;
  /** Name and version of the browser. */
  browser: string;
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
  limits?: { maxStorageBufferBindingSize?: number };
  isFallbackAdapter?: boolean;
  info?: GpuInfo;
}
interface GpuInfo {
  isFallbackAdapter?: boolean;
  vendor?: string;
  architecture?: string;
  device?: string;
  description?: string;
}
interface MemoryNavigator {
  deviceMemory?: number;
}
interface BrandNavigator {
  userAgentData?: { brands?: { brand: string; version: string }[] };
}

export async function probeCapabilities(): Promise<Capabilities> {
  return {
    // Node shares memory without any headers.
    crossOriginIsolated: 'crossOriginIsolated' in globalThis ? globalThis.crossOriginIsolated : true,
    hardwareConcurrency: typeof navigator === 'undefined' ? 1 : navigator.hardwareConcurrency,
    memoryGib: typeof navigator === 'undefined' ? null : ((navigator as MemoryNavigator).deviceMemory ?? null),
    wasmSimd: WebAssembly.validate(SIMD_MODULE),
    wasmThreads: typeof SharedArrayBuffer !== 'undefined' && WebAssembly.validate(THREADS_MODULE),
    jspi: 'Suspending' in WebAssembly,
    browser: browserName(),
    ...(await probeGpu()),
  };
}

async function probeGpu(): Promise<Pick<Capabilities, 'gpu' | 'shaderF16' | 'adapter' | 'gpuBufferBytes'>> {
  const none = { shaderF16: false, adapter: null, gpuBufferBytes: null };
  const gpu = typeof navigator === 'undefined' ? undefined : (navigator as GpuNavigator).gpu;
  if (gpu === undefined) return { gpu: 'absent', ...none };
  // Blocklisted drivers reject instead of answering null.
  const adapter = await gpu.requestAdapter().catch(() => null);
  if (adapter === null) return { gpu: 'no-adapter', ...none };
  const { vendor, architecture, device, description } = adapter.info ?? {};
  const named = [vendor, architecture, device, description].filter((part) => part !== undefined && part !== '');
  return {
    gpu: isSoftware(adapter) ? 'software' : 'hardware',
    shaderF16: adapter.features.has('shader-f16'),
    adapter: [...new Set(named)].join(' ') || 'unnamed graphics adapter',
    gpuBufferBytes: adapter.limits?.maxStorageBufferBindingSize ?? null,
  };
}

/** The brands that a browser names, without the one that means nothing; where it names none, what it says to every server. */
function browserName(): string {
  if (typeof navigator === 'undefined') return 'Node';
  const brands = (navigator as BrandNavigator).userAgentData?.brands ?? [];
  const real = brands
    .filter(({ brand }) => !/not.*brand/i.test(brand))
    .map(({ brand, version }) => `${brand} ${version}`);
  return real.length > 0 ? real.sort().join(' ') : navigator.userAgent;
}

function isSoftware(adapter: GpuAdapter): boolean {
  const { info } = adapter;
  const named = `${info?.architecture ?? ''} ${info?.description ?? ''}`.toLowerCase();
  return adapter.isFallbackAdapter === true || info?.isFallbackAdapter === true || /swiftshader|llvmpipe/.test(named);
}
