// Two ends of a wire within one thread: what is served here is called as if it were served elsewhere. Nothing is copied.
import type { Endpoint } from '../rpc/index.ts';

type Listener = (event: Event) => void;

export function loopback(): [Endpoint, Endpoint] {
  const listeners = [new Set<Listener>(), new Set<Listener>()] as const;
  const end = (mine: Set<Listener>, others: Set<Listener>): Endpoint => ({
    postMessage: (data) => {
      queueMicrotask(() => {
        for (const listener of others) listener(new MessageEvent('message', { data }));
      });
    },
    addEventListener: (type, listener) => {
      if (type === 'message') mine.add(listener);
    },
    removeEventListener: (_type, listener) => void mine.delete(listener),
  });
  return [end(listeners[0], listeners[1]), end(listeners[1], listeners[0])];
}
