// Which view is shown, kept in the address after the hash so that the page works from any static host.
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

export const views = ['write', 'library', 'status'] as const;
export type View = (typeof views)[number];

export interface RouteState {
  view: View;
  /** How many times the view changed since the page opened: 0 means that nobody navigated yet. */
  moves: number;
}

export interface RouteStore extends StoreApi<RouteState> {
  go(view: View): void;
  dispose(): void;
}

export const hrefOf = (view: View): string => `#/${view}`;

export function viewOf(hash: string): View {
  const name = hash.replace(/^#\/?/, '').split(/[/?]/)[0];
  return views.find((view) => view === name) ?? 'write';
}

/** @param page the window whose address names the view */
export function createRoute(page: Window): RouteStore {
  const store = createStore<RouteState>(() => ({ view: viewOf(page.location.hash), moves: 0 }));
  const follow = (): void => {
    const view = viewOf(page.location.hash);
    if (view !== store.getState().view) store.setState(({ moves }) => ({ view, moves: moves + 1 }));
  };
  page.addEventListener('hashchange', follow);
  return Object.assign(store, {
    go: (view: View) => {
      page.location.hash = hrefOf(view).slice(1);
    },
    dispose: () => page.removeEventListener('hashchange', follow),
  });
}
