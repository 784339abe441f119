// A file over the network: into a buffer that goes on where it stood after an interruption, with a clear error for each way that this fails.
import { KindredError, isAbort, isKindredError } from '../errors.ts';
import type { ReadOptions } from './modelFiles.ts';

export type Fetch = (address: string, init: RequestInit) => Promise<Response>;

export interface DownloadPorts {
  fetch: Fetch;
  /** Resolves after so many milliseconds; rejects with the signal's reason. */
  wait: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** False only when there surely is no network. */
  online: () => boolean;
}

/** What a download fills. */
export interface Destination {
  /** Bytes that it has, all of them the first ones of the file. */
  readonly length: number;
  /** Bytes that it will have. */
  readonly expected: number;
  /** What the server calls the version that those bytes are of, for If-Range; null when it says nothing that holds. */
  validator: string | null;
  /** Whether its bytes came in more than one piece, and so perhaps from more than one version. */
  joined: boolean;
  append(chunk: Uint8Array): void;
  /** Forgets what it has. */
  restart(): void;
}

/** Waits before further attempts; after one that brought anything, they begin anew. */
const PAUSES_MS = [500, 2_000, 5_000];
/** A connection that brings nothing for so long is given up. */
export const STALL_MS = 20_000;

/**
 * Fills `into`. Interruptions are bridged by asking for the rest, while that gets anywhere. What the server calls another
 * version, or sends from its start, replaces what was there. Rejects with `model-missing`, `model-network`, what `append`
 * throws, or the signal's reason; returns short when the server ends early again and again.
 */
export async function download(
  address: string,
  into: Destination,
  ports: DownloadPorts,
  { signal, onProgress, stallMs = STALL_MS }: ReadOptions & { stallMs?: number } = {},
): Promise<void> {
  let furthest = into.length;
  for (let failures = 0; ; failures++) {
    signal?.throwIfAborted();
    let problem: KindredError | null = null;
    try {
      await transfer(address, into, ports, { signal, onProgress, stallMs });
      if (into.length === into.expected) return;
    } catch (error) {
      signal?.throwIfAborted();
      if (!isKindredError(error, 'model-network')) throw error;
      problem = error;
    }
    if (into.length > furthest) failures = 0;
    furthest = Math.max(furthest, into.length);
    const pause = ports.online() ? PAUSES_MS[failures] : undefined;
    if (pause === undefined) {
      if (problem !== null) throw problem;
      return;
    }
    await ports.wait(pause, signal);
  }
}

/** A small text, whole or not at all. Rejects with `model-missing`, `model-network`, or the signal's reason. */
export async function downloadText(address: string, fetch: Fetch, { signal }: ReadOptions = {}): Promise<string> {
  const response = await ask(address, fetch, { cache: 'no-cache' }, signal);
  return atNetwork(address, signal, () => response.text());
}

async function transfer(
  address: string,
  into: Destination,
  { fetch }: DownloadPorts,
  {
    signal,
    onProgress,
    stallMs,
  }: { signal: AbortSignal | undefined; onProgress: ReadOptions['onProgress']; stallMs: number },
): Promise<void> {
  const stall = new StallTimer(stallMs);
  const either = signal === undefined ? stall.signal : AbortSignal.any([signal, stall.signal]);
  try {
    const from = into.length;
    // The browser's own cache would keep it a second time, and knows nothing of parts.
    const init = { cache: 'no-store', headers: from === 0 ? {} : rangeHeaders(from, into.validator) } as const;
    const response = await ask(address, fetch, init, either);
    if (continues(response, from, into.expected)) {
      into.joined = true;
    } else {
      if (from > 0) into.restart();
      if (response.status !== 200) {
        await response.body?.cancel();
        throw networkError(address, 'the server sent another part of it than was asked for', into);
      }
      into.validator = validatorOf(response);
    }
    onProgress?.(into.length);
    const reader = response.body?.getReader();
    for (;;) {
      const { done, value } = await atNetwork(address, either, async () => (await reader?.read()) ?? DONE, into);
      if (done) return;
      either.throwIfAborted();
      stall.restart();
      await appended(into, value, reader);
      onProgress?.(into.length);
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (!stall.signal.aborted) throw error;
    throw networkError(address, `nothing came for ${Math.round(stallMs / 1000)} seconds`, into);
  } finally {
    stall.stop();
  }
}

const DONE = { done: true, value: undefined } as const;

async function appended(
  into: Destination,
  chunk: Uint8Array,
  reader: ReadableStreamDefaultReader | undefined,
): Promise<void> {
  try {
    into.append(chunk);
  } catch (error) {
    await reader?.cancel();
    throw error;
  }
}

const rangeHeaders = (from: number, validator: string | null): Record<string, string> => ({
  Range: `bytes=${from}-`,
  ...(validator === null ? {} : { 'If-Range': validator }),
});

/** Whether what comes is the rest of what is there. */
function continues(response: Response, from: number, expected: number): boolean {
  if (from === 0 || response.status !== 206) return false;
  const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '') ?? [];
  return Number(start) === from && (total === '*' || Number(total) === expected);
}

/** Only a strong one may be named in If-Range, and one of an encoded answer speaks of other bytes. */
function validatorOf({ headers }: Response): string | null {
  if (headers.get('content-encoding') !== null) return null;
  const tag = headers.get('etag');
  return tag === null || tag.startsWith('W/') ? headers.get('last-modified') : tag;
}

async function ask(
  address: string,
  fetch: Fetch,
  init: RequestInit,
  signal: AbortSignal | undefined,
): Promise<Response> {
  signal?.throwIfAborted();
  const asked = { ...init, ...(signal === undefined ? {} : { signal }) };
  const response = await atNetwork(address, signal, () => fetch(address, asked));
  const type = response.headers.get('content-type') ?? '';
  // Many hosts answer an unknown address with the start page.
  if (response.status === 404 || response.status === 410 || (response.ok && type.startsWith('text/html'))) {
    const found = response.ok ? 'a web page is there instead' : `the server answers ${response.status}`;
    const message = `The model file ${address} is not there: ${found}. The site has to be published with its models folder.`;
    throw new KindredError('model-missing', message, { item: address });
  }
  // A part that is not there: the caller sees that it does not continue anything.
  if (!response.ok && response.status !== 416) throw networkError(address, `the server answers ${response.status}`);
  return response;
}

async function atNetwork<T>(
  address: string,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
  into?: Destination,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    signal?.throwIfAborted();
    if (isAbort(cause)) throw cause;
    throw networkError(address, 'the network gave no answer, or broke off', into, cause);
  }
}

function networkError(address: string, why: string, into?: Destination, cause?: unknown): KindredError {
  const so = into === undefined || into.length === 0 ? '' : ` after ${into.length} of ${into.expected} bytes`;
  const message = `The model file ${address} could not be loaded${so}: ${why}. Check the connection and try again; words still work.`;
  return new KindredError('model-network', message, cause === undefined ? { item: address } : { item: address, cause });
}

/** Aborts its signal unless it is restarted in time. */
class StallTimer {
  readonly #ms: number;
  readonly #controller = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ms: number) {
    this.#ms = ms;
    this.restart();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  restart(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#controller.abort(), this.#ms);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
