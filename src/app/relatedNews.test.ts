import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { anyPost, postId } from '../core/index.ts';
import type { PostId } from '../core/index.ts';
import { makeSuggestion } from '../testing/makeSuggestion.ts';
import { followRelated, PATIENCE_MS, REST_MS } from './relatedNews.ts';
import type { SuggestionsState, SuggestionsStore } from './suggestions.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const nothing = { draft: [], paragraph: [], fresh: [], active: null, leaving: [], only: anyPost };

function setUp() {
  const store = createStore<SuggestionsState>(() => ({ state: 'waiting', ...nothing }));
  const told: string[][] = [];
  const end = followRelated(store as SuggestionsStore, (titles) => told.push(titles));
  const show = (posts: string[], active: PostId | null = null): void =>
    store.setState(
      { ...nothing, active, state: 'ready', basis: 'words', draft: posts.map((post) => makeSuggestion(post, 0.5)) },
      true,
    );
  const titles = (posts: string[]): string[] => posts.map((post) => makeSuggestion(post, 0.5).title);
  return { store, told, end, show, titles };
}

test('a list that rests is told once', () => {
  const { told, show, titles } = setUp();
  show(['a', 'b']);
  vi.advanceTimersByTime(REST_MS - 1);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  show(['b', 'a']);
  vi.advanceTimersByTime(PATIENCE_MS);
  expect(told).toEqual([titles(['a', 'b'])]);
});

test('the same posts with new scores do not put it off', () => {
  const { told, show, titles } = setUp();
  for (let passed = 0; passed < REST_MS; passed += 100) {
    show(['a', 'b']);
    vi.advanceTimersByTime(100);
  }
  expect(told).toEqual([titles(['a', 'b'])]);
});

test('a list that never rests, as while posts are read, is told all the same', () => {
  const { told, show } = setUp();
  for (let passed = 0; passed <= PATIENCE_MS; passed += 500) {
    show([`post ${passed}`]);
    vi.advanceTimersByTime(500);
  }
  expect(told).toHaveLength(1);
});

test('nothing found is told only after something was', () => {
  const { told, show, titles } = setUp();
  show([]);
  vi.advanceTimersByTime(REST_MS);
  expect(told).toEqual([]);
  show(['a']);
  vi.advanceTimersByTime(REST_MS);
  show([]);
  vi.advanceTimersByTime(REST_MS);
  expect(told).toEqual([titles(['a']), []]);
});

test('whoever goes through the list is not talked over', () => {
  const { told, show } = setUp();
  show(['a', 'b'], postId('a'));
  vi.advanceTimersByTime(PATIENCE_MS);
  expect(told).toEqual([]);
});

test('a change that is taken back is not told', () => {
  const { told, show } = setUp();
  show(['a']);
  vi.advanceTimersByTime(REST_MS);
  show(['b']);
  vi.advanceTimersByTime(REST_MS / 2);
  show(['a']);
  vi.advanceTimersByTime(PATIENCE_MS);
  expect(told).toHaveLength(1);
});

test('nothing is told after the end', () => {
  const { told, end, show } = setUp();
  show(['a']);
  end();
  vi.advanceTimersByTime(PATIENCE_MS);
  show(['b']);
  vi.advanceTimersByTime(PATIENCE_MS);
  expect(told).toEqual([]);
});
