// One file over the network into one buffer, with progress, and a clear error for each way that this fails.
import { KindredError, isAbort } from '../errors.ts';
import type { ReadOptions } from './modelFiles.ts';

export type Fetch = (address: string, init: RequestInit) => Promise<Response>;

export interface DownloadOptions extends ReadOptions {
  /** Length that the file must have; without it, however long it is. */
  bytes?: number;
  fetch: Fetch;
}

/** Rejects with `model-missing`, `model-network`, or the signal's reason. A file that ends early is returned short: `verify` names that. */
export async function download(address: string, options: DownloadOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { signal, bytes } = options;
  signal?.throwIfAborted();
  const init = { cache: 'no-cache', ...(signal === undefined ? {} : { signal }) } as const;
  const response = await atNetwork(address, signal, () => options.fetch(address, init));
  const type = response.headers.get('content-type') ?? '';
  // Many hosts answer an unknown address with the start page.
  if (response.status === 404 || response.status === 410 || (response.ok && type.startsWith('text/html'))) {
    const found = response.ok ? 'a web page is there instead' : `the server answers ${response.status}`;
    const message = `The model file ${address} is not there: ${found}. The site has to be published with its models folder.`;
    throw new KindredError('model-missing', message, { item: address });
  }
  if (!response.ok) throw networkError(address, `the server answers ${response.status}`);
  return atNetwork(address, signal, () => readBody(response, bytes, options));
}

async function readBody(
  response: Response,
  expected: number | undefined,
  { onProgress }: ReadOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  if (response.body === null || expected === undefined) return new Uint8Array(await response.arrayBuffer());
  // One byte more than expected is enough to know that it is another file.
  const buffer = new Uint8Array(expected + 1);
  let length = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const part = value.subarray(0, buffer.length - length);
    buffer.set(part, length);
    length += part.length;
    if (length > expected) {
      await reader.cancel();
      break;
    }
    onProgress?.(length);
  }
  return buffer.subarray(0, length);
}

async function atNetwork<T>(address: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    signal?.throwIfAborted();
    if (isAbort(cause)) throw cause;
    throw networkError(address, 'the network gave no answer, or broke off', cause);
  }
}

function networkError(address: string, why: string, cause?: unknown): KindredError {
  const message = `The model file ${address} could not be loaded: ${why}. Check the connection and try again; words still work.`;
  return new KindredError('model-network', message, cause === undefined ? { item: address } : { item: address, cause });
}
