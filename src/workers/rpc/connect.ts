// The calling end: a typed proxy of the object that the other side serves, and the fate of its calls when that side dies.
import { KindredError } from '../../core/errors.ts';
import { messageData } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import { decodeError, encodeError } from './errors.ts';
import { extractArgs } from './slots.ts';
import type { Callback } from './slots.ts';
import { isToClient } from './wire.ts';
import type { ToServer } from './wire.ts';

/** The methods of a served object, every one asynchronous. */
export type Remote<Api> = {
  [Name in keyof Api as Api[Name] extends (...args: never[]) => unknown ? Name : never]: Api[Name] extends (
    ...args: infer Args
  ) => infer Result
    ? (...args: Args) => Promise<Awaited<Result>>
    : never;
};

export interface Connection<Api> {
  readonly remote: Remote<Api>;
  /** Resolves when the connection ends, with the error that its calls reject with. Never rejects. */
  readonly closed: Promise<KindredError>;
  /** That error, once the connection has ended; null while it is open. */
  readonly ended: KindredError | null;
  /** Ends the connection: a Worker is terminated, a port closed, and every pending and later call rejects with `error` (default `worker-crashed`). */
  close(error?: KindredError): void;
}

interface PendingCall {
  callbacks: Callback[];
  resolve(value: unknown): void;
  reject(reason: unknown): void;
}

/**
 * Calls the object that `serve(api, …)` serves on the other side of `endpoint`.
 *
 * An AbortSignal among the arguments (or in an options object) rejects the call at once with the signal's reason and aborts
 * it on the other side. Functions become one-way callbacks. A worker that fails (script error, undeserialisable message)
 * is terminated and every pending call rejects with `worker-crashed`; `name` says in that message which one it was.
 */
export function connect<Api extends object>(endpoint: Endpoint, name = 'The worker'): Connection<Api> {
  const pending = new Map<number, PendingCall>();
  let nextId = 1;
  let ended: KindredError | null = null;
  const { promise: closed, resolve: resolveClosed } = withResolvers<KindredError>();

  function post(message: ToServer, transferables: Transferable[] = []): void {
    endpoint.postMessage(message, transferables);
  }

  async function call(method: string, args: unknown[]): Promise<unknown> {
    if (ended !== null) throw ended;
    const extracted = extractArgs(args);
    for (const { signal } of extracted.signals) signal.throwIfAborted();
    const id = nextId++;
    const { promise, resolve, reject } = withResolvers<unknown>();
    pending.set(id, { callbacks: extracted.callbacks.map((slot) => slot.callback), resolve, reject });
    const listeners = extracted.signals.map(({ signal }, index) => {
      const onAbort = (): void => {
        reject(signal.reason);
        if (ended === null) post({ rpc: 'cancel', id, signal: index, reason: encodeError(signal.reason) });
      };
      signal.addEventListener('abort', onAbort);
      return () => signal.removeEventListener('abort', onAbort);
    });
    try {
      const message = {
        rpc: 'call',
        id,
        method,
        args: extracted.args,
        signals: extracted.signals.map((slot) => slot.path),
        callbacks: extracted.callbacks.map((slot) => slot.path),
      } as const;
      post(message, extracted.transferables);
      return await promise;
    } finally {
      pending.delete(id);
      for (const unlisten of listeners) unlisten();
    }
  }

  function onMessage(event: Event): void {
    const data = messageData(event);
    if (!isToClient(data)) return;
    // A call that was aborted or has settled is no longer pending; what still arrives for it is dropped.
    const waiting = pending.get(data.id);
    if (data.rpc === 'result') waiting?.resolve(data.value);
    else if (data.rpc === 'error') waiting?.reject(decodeError(data.error));
    else waiting?.callbacks[data.callback]?.(...data.args);
  }

  function onFailure(event: Event): void {
    // Unhandled, the error of a nested worker would go on to fail the worker that owns it.
    event.preventDefault();
    const text = 'message' in event && typeof event.message === 'string' ? event.message : '';
    const reason =
      event.type === 'messageerror' ? 'sent a message that can not be read' : `failed${text === '' ? '' : `: ${text}`}`;
    const cause = 'error' in event && event.error instanceof Error ? { cause: event.error } : {};
    close(
      new KindredError('worker-crashed', `${name} ${reason}. Try again; if it fails again, reload the page.`, cause),
    );
  }

  function close(error?: KindredError): void {
    if (ended !== null) return;
    ended = error ?? new KindredError('worker-crashed', `${name} was stopped. Try again to start a new one.`);
    endpoint.removeEventListener('message', onMessage);
    endpoint.removeEventListener('messageerror', onFailure);
    endpoint.removeEventListener('error', onFailure);
    if (endpoint.terminate) endpoint.terminate();
    else endpoint.close?.();
    for (const waiting of pending.values()) waiting.reject(ended);
    resolveClosed(ended);
  }

  endpoint.addEventListener('message', onMessage);
  endpoint.addEventListener('messageerror', onFailure);
  endpoint.addEventListener('error', onFailure);
  endpoint.start?.();

  const remote = new Proxy(Object.create(null) as Remote<Api>, {
    // `then` must stay undefined, or awaiting the proxy would call the worker.
    get: (_target, method) =>
      typeof method === 'string' && method !== 'then' ? (...args: unknown[]) => call(method, args) : undefined,
  });
  return {
    remote,
    closed,
    close,
    get ended() {
      return ended;
    },
  };
}

/** Promise.withResolvers, which Node 20 lacks. */
function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (reason: unknown) => void } {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
