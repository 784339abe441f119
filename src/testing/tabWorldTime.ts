// Waiting and asking in the time of a world of tabs. Wants fake timers.
import { vi } from 'vitest';
import { draftId, type Draft } from '../core/draft.ts';
import type { LibraryApi } from '../core/libraryApi.ts';
import type { World, WorldTab } from './tabWorld.ts';

export const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
export const files = (...names: string[]) => names.map((path) => ({ path, blob: new Blob([path]) }));
export const everything = { search: '', sort: 'title', descending: false } as const;
export const titles = async (library: LibraryApi): Promise<string[]> =>
  (await library.listPosts(everything)).map(({ title }) => title);

/** The answer within so many milliseconds of the world's time, and how long it took. */
export async function within<T>(ms: number, answer: Promise<T>): Promise<{ value: T; ms: number }> {
  let settled: { value: T } | { error: unknown } | null = null;
  answer.then(
    (value) => (settled = { value }),
    (error: unknown) => (settled = { error }),
  );
  for (let passed = 0; passed <= ms; passed += 10) {
    await pass(10);
    const now = settled as { value: T } | { error: unknown } | null;
    if (now === null) continue;
    if ('error' in now) throw now.error;
    return { value: now.value, ms: passed };
  }
  throw new Error(`No answer within ${ms} ms`);
}

export async function openTabs(world: World, count: number): Promise<WorldTab[]> {
  const tabs = Array.from({ length: count }, () => world.open());
  await pass(50);
  return tabs;
}
export const leaders = (world: World): WorldTab[] => world.living.filter(({ leads }) => leads);

export const draft = (body: string): Draft => ({
  id: draftId('d'),
  title: 'T',
  body,
  createdAt: 1,
  updatedAt: Date.now(),
});
