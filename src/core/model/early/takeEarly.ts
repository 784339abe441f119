// The worker's end: an answer made of what the page has fetched already, and goes on fetching.
import { EARLY_CHANNEL, EARLY_DONE, earlyLock, isAnswer, type EarlyAsk, type EarlyPorts } from './protocol.ts';

/** A page that is busy may take this long to answer; one that is gone has no lock. */
const PATIENCE_MS = 3_000;

export interface TakeOptions {
  signal?: AbortSignal | undefined;
  patienceMs?: number;
}

/**
 * The answer to a request for the whole of a file, as `fetch` would give it; null where the page has no download of it, and the
 * caller has to fetch it. Its body breaks off when the page's did, when the page is gone, and when aborted. Rejects with the
 * signal's reason when aborted before.
 */
export async function takeEarly(
  address: string,
  { locks, openChannel }: EarlyPorts,
  { signal, patienceMs = PATIENCE_MS }: TakeOptions = {},
): Promise<Response | null> {
  const { held = [] } = await locks.query();
  signal?.throwIfAborted();
  if (held.every(({ name }) => name !== earlyLock(address))) return null;
  const reply = `${EARLY_CHANNEL} ${crypto.randomUUID()}`;
  const [asks, channel] = [openChannel(EARLY_CHANNEL), openChannel(reply)];
  const over = new AbortController();
  const end = (): void => {
    if (over.signal.aborted) return;
    over.abort();
    channel.postMessage(EARLY_DONE);
    channel.close();
  };
  const { body, into } = streamOf(end);
  const breakOff = (why: string): void => {
    if (over.signal.aborted) return;
    into.error(new TypeError(why));
    end();
  };
  try {
    return await new Promise<Response | null>((resolve, reject) => {
      const nobody = (): void => {
        end();
        resolve(null);
      };
      const timer = setTimeout(nobody, patienceMs);
      const onAbort = (): void => {
        clearTimeout(timer);
        breakOff('The download was given up.');
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', onAbort, { once: true, signal: over.signal });
      channel.onmessage = ({ data }) => {
        if (over.signal.aborted || !isAnswer(data)) return;
        clearTimeout(timer);
        switch (data.part) {
          case 'here':
            return;
          case 'head':
            resolve(new Response(body, { headers: data.headers }));
            return;
          case 'chunk':
            into.enqueue(data.bytes);
            return;
          case 'end':
            into.close();
            end();
            return;
          case 'failed':
            breakOff('The page’s download broke off.');
        }
      };
      // To be had when who fetched it has nothing to give, or is gone.
      const onFree = async (): Promise<void> => {
        clearTimeout(timer);
        breakOff('The page that fetched it is gone.');
        resolve(null);
      };
      locks.request(earlyLock(address), { signal: over.signal }, onFree).catch(() => undefined);
      asks.postMessage({ address, reply } satisfies EarlyAsk);
    });
  } finally {
    asks.close();
  }
}

/** A stream that is filled from outside. */
function streamOf(onCancel: () => void) {
  let given: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => void (given = controller),
    cancel: onCancel,
  });
  if (given === undefined) throw new TypeError('A stream starts when it is made.');
  return { body, into: given };
}
