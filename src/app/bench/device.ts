// What the browser says of the device it runs on.

export interface Device {
  browser: string;
  cores: number;
  isolated: boolean;
  /** The graphics adapter in the browser's words; null where it offers none. */
  gpu: string | null;
}

/** The part of WebGPU that is asked; its own types are not in the standard library yet. */
interface GpuNavigator {
  gpu?: { requestAdapter(): Promise<{ info?: Record<string, unknown> } | null> };
}

export async function describeDevice(page: Navigator, isolated: boolean): Promise<Device> {
  // Blocklisted drivers reject instead of answering null.
  const adapter = await (page as GpuNavigator).gpu?.requestAdapter().catch(() => null);
  const said = ['vendor', 'architecture', 'device', 'description'].map((name) => adapter?.info?.[name]);
  const words = said.filter((word): word is string => typeof word === 'string' && word !== '');
  return {
    browser: page.userAgent,
    cores: page.hardwareConcurrency,
    isolated,
    gpu: adapter === null || adapter === undefined ? null : words.join(' ') || 'unnamed',
  };
}
