import { expect, test } from 'vitest';
import { atSecond, clock, duration, minuteOf, timeLeft } from './time.ts';

test.each([
  [0, '0:00'],
  [754.9, '12:34'],
  [3754, '1:02:34'],
])('%d s is %s', (seconds, shown) => {
  expect(clock(seconds)).toBe(shown);
});

test('minutes are counted as people count them', () => {
  expect(minuteOf(0)).toBe('minute 1');
  expect(minuteOf(700)).toBe('minute 12');
});

test('time left is rounded, and silent while it is not known', () => {
  expect(timeLeft(38_200)).toBe('about 40 s left');
  expect(timeLeft(150_000)).toBe('about 3 min left');
  expect(timeLeft(null)).toBeNull();
});

test.each([
  [0, '1 s'],
  [9_400, '10 s'],
  [100_000, '100 s'],
  [101_000, '105 s'],
  [120_000, '2 min'],
  [200_000, '3.5 min'],
  [1_230_000, '21 min'],
  [7_200_000, '2 h'],
])('%d ms take %s', (ms, said) => {
  expect(duration(ms)).toBe(said.replace(' ', '\u00a0'));
});

test('a moment replaces the fragment of an address', () => {
  expect(atSecond('https://example.com/talk#top', 61.7)).toBe('https://example.com/talk#t=61');
});
