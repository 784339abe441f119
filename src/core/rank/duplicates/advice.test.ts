import { expect, test } from 'vitest';
import { adviseOn } from './advice.ts';

const pair = (added: number, leftOut: number) => ({ sameWords: 0.8, differs: { changed: [], added, leftOut } });

test('posts that each have something of their own are merged', () => {
  expect(adviseOn(pair(0.4, 0.3), false)).toEqual({ advice: 'merge', spare: null });
});

test('of two posts the one that adds nothing may go, of two copies the newer', () => {
  expect(adviseOn(pair(0.05, 0.6), false)).toEqual({ advice: 'redirect', spare: 0 });
  expect(adviseOn(pair(0.6, 0.05), false)).toEqual({ advice: 'redirect', spare: 1 });
  expect(adviseOn(pair(0, 0), false)).toEqual({ advice: 'redirect', spare: 0 });
});

test('posts of which one links to the other may stay', () => {
  expect(adviseOn(pair(0, 0), true)).toEqual({ advice: 'ignore', spare: null });
});
