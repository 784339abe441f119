// Counts what this page asks the network for, by where it goes. Requests of workers are not told to the page.
import { createStore, type StoreApi } from 'zustand/vanilla';

export interface Requests {
  total: number;
  /** Addresses other than our own, with how often each was asked. */
  elsewhere: ReadonlyMap<string, number>;
  /** Requests that the content security policy stopped. */
  refused: number;
}

export interface RequestLog extends StoreApi<Requests> {
  dispose(): void;
}

/** Data and blob addresses are made by the page itself: nothing is sent. */
const local = new Set(['data:', 'blob:', 'about:']);

/** @param page the window whose requests are counted, those before the call included */
export function createRequestLog(page: Window & typeof globalThis): RequestLog {
  const store = createStore<Requests>(() => ({ total: 0, elsewhere: new Map(), refused: 0 }));
  const observer = new page.PerformanceObserver((list) => {
    const names = list.getEntries().map(({ name }) => name);
    store.setState((before) => countRequests(before, names, page.location.origin));
  });
  observer.observe({ type: 'resource', buffered: true });
  const onRefused = (): void => store.setState(({ refused }) => ({ refused: refused + 1 }));
  page.document.addEventListener('securitypolicyviolation', onRefused);
  return Object.assign(store, {
    dispose: () => {
      observer.disconnect();
      page.document.removeEventListener('securitypolicyviolation', onRefused);
    },
  });
}

export function countRequests(before: Requests, addresses: readonly string[], origin: string): Requests {
  const elsewhere = new Map(before.elsewhere);
  let { total } = before;
  for (const address of addresses) {
    const url = URL.canParse(address) ? new URL(address) : null;
    if (url === null || local.has(url.protocol)) continue;
    total += 1;
    if (url.origin !== origin) elsewhere.set(url.origin, (elsewhere.get(url.origin) ?? 0) + 1);
  }
  return { ...before, total, elsewhere };
}

/** The policy that the page carries in its own head, or null where it has none, as on a development server. */
export const policyOf = (page: Document): string | null =>
  page.querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy" i]')?.content ?? null;

/** Whether a policy lets scripts connect to the page's own address only. */
export function keepsInside(policy: string): boolean {
  const rules = new Map(
    policy.split(';').map((rule) => [rule.trim().split(/\s+/)[0], rule.trim().split(/\s+/).slice(1)]),
  );
  const allowed = rules.get('connect-src') ?? rules.get('default-src');
  return allowed?.every((source) => source === "'self'" || source === "'none'") ?? false;
}
