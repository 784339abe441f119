// What the runtime does not tell: how much memory it holds, and that its graphics card is lost. Heard at the platform's own doors.

/** Must be called before the runtime is loaded. Returns the bytes of every linear memory made since, which never shrink. */
export function observeMemory(): () => number {
  const made: WebAssembly.Memory[] = [];
  WebAssembly.Memory = new Proxy(WebAssembly.Memory, {
    construct(target, args: [WebAssembly.MemoryDescriptor], newTarget) {
      const memory = Reflect.construct(target, args, newTarget) as WebAssembly.Memory;
      made.push(memory);
      return memory;
    },
  });
  return () => made.reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
}

/** The parts of WebGPU that are heard; its own types are not in the standard library yet. */
interface GpuDevice {
  lost: Promise<{ reason: string; message: string }>;
}
interface GpuGlobal {
  GPUAdapter?: { prototype: { requestDevice: (...args: unknown[]) => Promise<GpuDevice> } };
}

/** Must be called before the runtime is loaded. `onLost` is told why, once for each device. */
export function observeDevices(onLost: (reason: string) => void): void {
  const adapter = (globalThis as GpuGlobal).GPUAdapter?.prototype;
  if (adapter === undefined) return;
  const { requestDevice } = adapter;
  adapter.requestDevice = async function (this: unknown, ...args) {
    const device = await Reflect.apply(requestDevice, this, args);
    void device.lost.then(({ reason, message }) => onLost(message === '' ? reason : message));
    return device;
  };
}
