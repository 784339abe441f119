import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ImportProgress, QueueState } from '../core/index.ts';
import { comparingPace, importPace, queuePace, roughDuration } from './timeLeft.ts';

const progress = (change: Partial<ImportProgress>): ImportProgress => ({
  filesDone: 100,
  filesTotal: 400,
  bytesDone: 50_000,
  bytesTotal: 200_000,
  postsFound: 98,
  failed: 2,
  elapsedMs: 2000,
  ...change,
});

const queue = (change: Partial<QueueState>): QueueState => ({
  waiting: 196,
  done: 312,
  msPerPost: 200,
  state: 'working',
  reason: null,
  ...change,
});

describe('importPace', () => {
  test('gives files a second and the time that the remaining bytes will take', () => {
    expect(importPace(progress({}))).toEqual({ perSecond: 50, leftMs: 6000, fraction: 0.25 });
  });

  test('goes by bytes when one file outweighs the others', () => {
    expect(importPace(progress({ filesDone: 399, bytesDone: 20_000 })).leftMs).toBe(18_000);
  });

  test('promises nothing before the work has settled', () => {
    expect(importPace(progress({ elapsedMs: 100 }))).toEqual({ perSecond: null, leftMs: null, fraction: 0.25 });
    expect(importPace(progress({ bytesDone: 0, filesDone: 0 }))).toEqual({
      perSecond: null,
      leftMs: null,
      fraction: 0,
    });
  });

  test('counts files where all of them are empty', () => {
    expect(importPace(progress({ bytesTotal: 0, bytesDone: 0 })).fraction).toBe(0.25);
  });

  test('never passes the end', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), fc.nat(), fc.nat(), (a, b, c, d, elapsedMs) => {
        const pace = importPace(progress({ filesDone: a, filesTotal: b, bytesDone: c, bytesTotal: d, elapsedMs }));
        expect(pace.fraction).toBeGreaterThanOrEqual(0);
        expect(pace.fraction).toBeLessThanOrEqual(1);
        expect(pace.leftMs ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('queuePace', () => {
  test('multiplies what waits by the pace of the last posts', () => {
    expect(queuePace(queue({}))).toEqual({ perSecond: 5, leftMs: 39_200, fraction: 312 / 508 });
  });

  test('knows no time before the first post and is complete when nothing was ever asked', () => {
    expect(queuePace(queue({ msPerPost: null, done: 0 }))).toEqual({ perSecond: null, leftMs: null, fraction: 0 });
    expect(queuePace(queue({ waiting: 0, done: 0 })).fraction).toBe(1);
  });
});

test.each([
  [0, { unit: 'second', count: 1 }],
  [3_200, { unit: 'second', count: 4 }],
  [39_200, { unit: 'second', count: 40 }],
  [56_000, { unit: 'minute', count: 1 }],
  [61_000, { unit: 'minute', count: 2 }],
  [59 * 60_000, { unit: 'minute', count: 59 }],
  [59.5 * 60_000, { unit: 'hour', count: 1 }],
  [61 * 60_000, { unit: 'hour', count: 2 }],
])('roughDuration(%i ms) is what one would say', (ms, expected) => {
  expect(roughDuration(ms)).toEqual(expected);
});

test('the time that a comparison still takes follows from what it took so far', () => {
  expect(comparingPace({ postsDone: 0, postsTotal: 40, elapsedMs: 2_000 }).leftMs).toBeNull();
  expect(comparingPace({ postsDone: 10, postsTotal: 40, elapsedMs: 2_000 })).toEqual({
    perSecond: 5,
    leftMs: 6_000,
    fraction: 0.25,
  });
  expect(comparingPace({ postsDone: 0, postsTotal: 0, elapsedMs: 0 }).fraction).toBe(1);
});
