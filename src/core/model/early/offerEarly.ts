// The page's end: fetches a file before anybody can use it, and gives it to the worker that asks.
import type { Fetch } from '../download.ts';
import { EARLY_CHANNEL, EARLY_DONE, earlyLock, isAsk, type EarlyAnswer, type EarlyPorts } from './protocol.ts';

export interface OfferPorts extends EarlyPorts {
  fetch: Fetch;
}

export interface OfferOptions {
  /** Nobody asked for it in so many milliseconds, or nobody said that it had come: it is given up. */
  patienceMs: number;
  /** Gives it up. */
  signal?: AbortSignal;
}

/** Chromium's alone so far: what the page needs to show anything comes first. */
type LowPriority = RequestInit & { priority: 'low' };

/**
 * Resolves when the whole of it was handed over, or when it was given up: another holds a download of it, the server has no
 * such file, nobody asked, or who asked wants no more. Never rejects.
 */
export async function offerEarly(address: string, ports: OfferPorts, options: OfferOptions): Promise<void> {
  // Before the lock is there for others to see: who sees it may ask at once.
  const counter = new Counter(address, ports);
  try {
    await ports.locks.request(earlyLock(address), { ifAvailable: true }, async (lock) => {
      if (lock !== null) await serve(counter, address, ports, options);
    });
  } catch {
    // Who wants it fetches it.
  } finally {
    counter.close();
  }
}

async function serve(counter: Counter, address: string, ports: OfferPorts, options: OfferOptions): Promise<void> {
  const stop = new AbortController();
  const end = (): void => stop.abort();
  const over = new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve(), { once: true }));
  options.signal?.addEventListener('abort', end, { once: true });
  void counter.done.then(end);
  let patience = setTimeout(end, options.patienceMs);
  void counter.asked.then(() => clearTimeout(patience));
  counter.give({ part: 'here' });
  try {
    if (!(await download(address, ports.fetch, counter, stop.signal))) return;
    await Promise.race([counter.asked, over]);
    // Held until it has arrived: a lock that is free says that nothing more comes.
    clearTimeout(patience);
    patience = setTimeout(end, options.patienceMs);
    await over;
  } finally {
    clearTimeout(patience);
    options.signal?.removeEventListener('abort', end);
  }
}

/** False where there is nothing to hand over. */
async function download(address: string, fetch: Fetch, counter: Counter, signal: AbortSignal): Promise<boolean> {
  const asks: LowPriority = { cache: 'no-store', priority: 'low', signal };
  const response = await fetch(address, asks);
  const isPage = (response.headers.get('content-type') ?? '').startsWith('text/html');
  // Who wants it asks the server itself, and says what is wrong.
  if (response.status !== 200 || isPage || response.body === null) return false;
  counter.give({ part: 'head', headers: [...response.headers] });
  try {
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      counter.give({ part: 'chunk', bytes: value });
    }
    counter.give({ part: 'end' });
  } catch {
    if (signal.aborted) return false;
    counter.give({ part: 'failed' });
  }
  return true;
}

/** Keeps what is to be given until somebody asks, and serves the first who does. */
class Counter {
  readonly asked: Promise<void>;
  /** Who asked wants no more. */
  readonly done: Promise<void>;
  readonly #asks: ReturnType<EarlyPorts['openChannel']>;
  #reply: ReturnType<EarlyPorts['openChannel']> | null = null;
  #kept: EarlyAnswer[] = [];

  constructor(address: string, { openChannel }: EarlyPorts) {
    this.#asks = openChannel(EARLY_CHANNEL);
    let onAsked = (): void => undefined;
    let onDone = (): void => undefined;
    this.asked = new Promise((resolve) => (onAsked = resolve));
    this.done = new Promise((resolve) => (onDone = resolve));
    this.#asks.onmessage = ({ data }) => {
      if (!isAsk(data) || data.address !== address || this.#reply !== null) return;
      const reply = openChannel(data.reply);
      this.#reply = reply;
      reply.onmessage = (event) => {
        if (event.data === EARLY_DONE) onDone();
      };
      for (const answer of this.#kept) reply.postMessage(answer);
      this.#kept = [];
      onAsked();
    };
  }

  give(answer: EarlyAnswer): void {
    if (this.#reply === null) this.#kept.push(answer);
    else this.#reply.postMessage(answer);
  }

  close(): void {
    this.#kept = [];
    this.#asks.close();
    this.#reply?.close();
  }
}
