// Parts of the page that are fetched when first shown, and ahead of that once the page is at rest.
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

const parts = new Set<() => Promise<unknown>>();

/** As React's `lazy`, for a named export; the part is among those that `prefetchParts` fetches. */
export function lazyPart<Props>(load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> {
  parts.add(load);
  return lazy(() => load().then((component) => ({ default: component })));
}

/** Fetches every part, so that all of the page works when the network is gone. One that can't be had now is asked for again when shown. */
export async function prefetchParts(): Promise<void> {
  const asked = new Set<() => Promise<unknown>>();
  // A part may bring parts of its own.
  for (let open = [...parts]; open.length > 0; open = [...parts].filter((load) => !asked.has(load))) {
    for (const load of open) asked.add(load);
    await Promise.allSettled(open.map((load) => load()));
  }
}
