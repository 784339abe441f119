// An embedder's worker that takes an emulated graphics card for a real one, and fails in the way that its name says (`disagree`: no probe
// can reach the tolerance; `broken`: the file for WebGPU is no network; `embed-crash`, `load-crash`: every text
// after the probes fails it, or the model itself; `mixed-batches`: the vectors of texts that run together are exchanged; `load-silence`: it never says how that
// went; `runtime-silence`: the runtime is never instantiated) or when a message tells it to (`Misfortune`).
import { probeCapabilities } from '../core/model/capabilities.ts';
import { EmbedderService } from '../workers/embedderService.ts';
import { observeDevices, observeMemory } from '../workers/observe.ts';
import { serve } from '../workers/rpc/index.ts';
import type { Endpoint } from '../workers/rpc/index.ts';
import { runtimeAssets } from '../workers/runtimeAssets.ts';

/**
 * What a message makes happen: an error that nobody catches, a loop that never ends, answers that are lost, a graphics device
 * destroyed, or all memory of the runtime taken.
 */
export type Misfortune = 'crash' | 'hang' | 'drop' | 'destroy' | 'exhaust';

interface Manifest {
  files: { probes: object; webgpu: object };
}
interface Device {
  destroy(): void;
}
interface GpuGlobal {
  GPUAdapter?: { prototype: { requestDevice: (...args: unknown[]) => Promise<Device> } };
}

const fetchReally = self.fetch.bind(self);
self.fetch = async (address, init) => {
  const response = await fetchReally(address, init);
  const asked = address instanceof Request ? address.url : String(address);
  if (!asked.endsWith('/tiny/manifest.json')) return response;
  const manifest = (await response.json()) as Manifest;
  const { files } = manifest;
  if (self.name === 'disagree') files.webgpu = { ...files.webgpu, probeTolerance: 1 };
  if (self.name === 'broken') files.webgpu = { ...files.webgpu, ...files.probes };
  return Response.json(manifest);
};

/** Numbers of a vector of the tiny model. */
const ROW = 64;
if (self.name === 'mixed-batches') {
  // The last step of a run is a copy of what the runtime has computed.
  Float32Array.prototype.slice = function (this: Float32Array, ...args: Parameters<Float32Array['slice']>) {
    const copy = new Float32Array(this.subarray(...args));
    if (args.length > 0 || copy.length % ROW !== 0 || copy.length === ROW) return copy;
    const first = new Float32Array(copy.subarray(0, ROW));
    copy.copyWithin(0, ROW);
    copy.set(first, copy.length - ROW);
    return copy;
  };
}

const devices: Device[] = [];
const adapter = (globalThis as GpuGlobal).GPUAdapter?.prototype;
if (adapter !== undefined) {
  const { requestDevice } = adapter;
  adapter.requestDevice = async function (this: unknown, ...args) {
    const device = await Reflect.apply(requestDevice, this, args);
    devices.push(device);
    return device;
  };
}

/** The runtime's own allocator, found by the name that its glue gives it. */
let allocator: ((bytes: number) => number) | null = null;
const instantiateReally = WebAssembly.instantiate.bind(WebAssembly);
WebAssembly.instantiate = (async (...args: Parameters<typeof WebAssembly.instantiate>) => {
  if (self.name === 'runtime-silence') await new Promise(() => undefined);
  const result = (await instantiateReally(...args)) as unknown as WebAssembly.WebAssemblyInstantiatedSource;
  keepAllocator(result.instance);
  return result;
}) as unknown as typeof WebAssembly.instantiate;
const streamReally = WebAssembly.instantiateStreaming.bind(WebAssembly);
WebAssembly.instantiateStreaming = async (...args) => {
  if (self.name === 'runtime-silence') await new Promise(() => undefined);
  const result = await streamReally(...args);
  keepAllocator(result.instance);
  return result;
};

let exported: WebAssembly.Exports | null = null;
function keepAllocator({ exports }: WebAssembly.Instance): void {
  exported = exports;
}

async function findAllocator(): Promise<void> {
  const assets = runtimeAssets(self.location.href);
  const address = typeof assets === 'string' ? '' : (assets.wasm?.mjs ?? '');
  const glue = await (await fetchReally(address)).text();
  const name = /_malloc=\w+\.(\w+)/.exec(glue)?.[1] ?? '';
  allocator = (exported?.[name] ?? null) as typeof allocator;
  if (allocator === null) throw new Error('The allocator of the runtime was not found.');
}

/** Takes memory in ever smaller pieces until none is left. */
function exhaust(): void {
  if (allocator === null) throw new Error('The allocator was not looked for.');
  for (let piece = 1 << 28; piece >= 16; piece /= 2) while (allocator(piece) !== 0);
}

let dropping = false;
const postReally = self.postMessage.bind(self);
self.postMessage = (message: unknown, ...rest: unknown[]) => {
  if (!dropping) Reflect.apply(postReally, self, [message, ...rest]);
};

self.addEventListener('message', (event: MessageEvent<Misfortune | { rpc: string; method: string }>) => {
  const { data } = event;
  if (typeof data === 'object') {
    if (data.rpc !== 'call' || ![`${data.method}-crash`, `${data.method}-silence`].includes(self.name)) return;
    // The call is never served.
    event.stopImmediatePropagation();
    if (self.name.endsWith('-silence')) return;
    throw new Error('out of memory');
  }
  switch (data) {
    case 'crash':
      throw new Error('out of memory');
    case 'hang':
      for (;;);
    case 'drop':
      dropping = true;
      return;
    case 'destroy':
      for (const device of devices) device.destroy();
      return;
    case 'exhaust':
      void findAllocator().then(exhaust);
  }
});

const asHardware = async () => {
  const capabilities = await probeCapabilities();
  return { ...capabilities, gpu: capabilities.gpu === 'software' ? ('hardware' as const) : capabilities.gpu };
};

const service = new EmbedderService(runtimeAssets(self.location.href), {
  probeCapabilities: asHardware,
  memoryBytes: observeMemory(),
});
observeDevices((reason) => service.deviceLost(reason));
// Tests are typed with the page's library, in which `self` is a window.
serve(service, self as unknown as Endpoint);
