import { expect, test } from 'vitest';
import { RunClock } from './runClock.ts';

test('expects of a longer run more in proportion, and of a shorter one no less', () => {
  const clock = new RunClock();
  expect(clock.expectedMs(10)).toBe(Infinity);
  clock.note(100, 100);
  expect(clock.expectedMs(1)).toBe(100);
  expect(clock.expectedMs(100)).toBe(100);
  expect(clock.expectedMs(200)).toBe(200);
  expect(clock.largest).toBe(100);
});

test('asks the runs that are most alike, so that what a short one costs is not taken for the price of a token', () => {
  const clock = new RunClock();
  for (let n = 0; n < 12; n++) clock.note(2, 20);
  for (let n = 0; n < 12; n++) clock.note(200, 100);
  expect(clock.expectedMs(200)).toBe(100);
  expect(clock.expectedMs(2)).toBe(20);
});

test('does not believe one that was held up by chance, and forgets what was long ago', () => {
  const clock = new RunClock();
  clock.note(10, 5_000);
  for (let n = 0; n < 4; n++) clock.note(10, 20);
  expect(clock.expectedMs(10)).toBe(20);
  for (let n = 0; n < 12; n++) clock.note(10, 90);
  expect(clock.expectedMs(10)).toBe(90);
  for (let n = 0; n < 64; n++) clock.note(10, 20);
  expect(clock.expectedMs(10)).toBe(20);
});
