// How a download that the page began is handed to the worker that wants the file. Messages travel by BroadcastChannel, which copies.
//
// The page holds a lock named by the file's address for as long as it has the download, so that who wants the file knows
// at once whether to ask. Asking names a channel of its own, on which the answer comes: head, chunks, end.

export const EARLY_CHANNEL = 'kindred early download';
export const earlyLock = (address: string): string => `kindred early download of ${address}`;

/** Who wants the file asks. */
export interface EarlyAsk {
  address: string;
  /** Channel for the answer. */
  reply: string;
}

export type EarlyAnswer =
  /** It is on its way, or will be. */
  | { part: 'here' }
  | { part: 'head'; headers: [string, string][] }
  | { part: 'chunk'; bytes: Uint8Array<ArrayBuffer> }
  | { part: 'end' }
  /** The network broke off. */
  | { part: 'failed' };

/** From the one who asked: it wants no more, because it has all or because it was given up. */
export const EARLY_DONE = 'done';

/** The parts of BroadcastChannel used here. */
export interface EarlyChannel {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  close(): void;
}

/** The parts of `navigator.locks` used here. */
export interface EarlyLocks {
  /** `held` is called with null when another holds it; the lock is held until what it returns has settled. */
  request(
    name: string,
    options: { ifAvailable?: boolean; signal?: AbortSignal },
    held: (lock: object | null) => Promise<unknown>,
  ): Promise<unknown>;
  query(): Promise<{ held?: { name?: string }[] }>;
}

export interface EarlyPorts {
  locks: EarlyLocks;
  openChannel: (name: string) => EarlyChannel;
}

/** Null where a browser lacks what it takes, or the page is not served securely: then who wants a file fetches it. */
export function browserEarlyPorts(): EarlyPorts | null {
  // The types promise what old browsers lack.
  const { locks } = (typeof navigator === 'undefined' ? {} : navigator) as { locks?: LockManager };
  if (locks === undefined || typeof BroadcastChannel === 'undefined') return null;
  return {
    locks: {
      request: (name, options, held) => locks.request(name, options, held),
      query: () => locks.query(),
    },
    openChannel: (name) => new BroadcastChannel(name),
  };
}

export function isAsk(value: unknown): value is EarlyAsk {
  const { address, reply } = fieldsOf(value);
  return typeof address === 'string' && typeof reply === 'string';
}

export function isAnswer(value: unknown): value is EarlyAnswer {
  const { part, headers, bytes } = fieldsOf(value);
  return (
    (part === 'head' && Array.isArray(headers)) ||
    (part === 'chunk' && bytes instanceof Uint8Array) ||
    part === 'here' ||
    part === 'end' ||
    part === 'failed'
  );
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
