import { describe, expect, test } from 'vitest';
import { age, exactDate, parseDate, saidDate, saidMoment, writtenBefore } from './dates.ts';

const now = new Date(2026, 10, 24, 15, 30);
const day = (iso: string): Date => parseDate(iso) ?? new Date(NaN);

describe('dates as people say them', () => {
  test.each([
    ['2026-11-24', 'today'],
    ['2026-11-23', 'yesterday'],
    ['2026-11-25', 'tomorrow'],
    ['2026-11-20', 'Friday'],
    ['2026-11-17', 'one week ago'],
    ['2026-11-03', 'three weeks ago'],
    ['2026-03-14', '14 March'],
    ['2024-03-14', 'March 2024'],
    ['2027-05-01', 'May 2027'],
  ])('%s is "%s"', (iso, said) => {
    expect(saidDate(day(iso), now)).toBe(said);
  });

  test('the exact one names the day', () => {
    // Whether a comma stands there differs between versions of the locale's data.
    expect(exactDate(day('2024-03-14')).replace(',', '')).toBe('Thursday 14 March 2024');
  });

  test('a date without a time is that day wherever the author is', () => {
    expect(day('2024-03-14').getDate()).toBe(14);
  });

  test('what is no date is none', () => {
    expect(parseDate('soon')).toBeNull();
  });
});

describe('how long before', () => {
  test.each([
    ['2026-11-24', 'written today'],
    ['2026-11-23', 'written the day before'],
    ['2026-11-20', 'written four days before'],
    ['2026-11-17', 'written a week before'],
    ['2026-11-03', 'written three weeks before'],
    ['2026-09-20', 'written two months before'],
    ['2025-11-20', 'written a year before'],
    ['2012-11-20', 'written 14 years before'],
    ['2026-12-01', 'dated after today'],
  ])('%s is "%s"', (iso, said) => {
    expect(writtenBefore(iso, now)).toBe(said);
  });

  test('nothing is said of a post without a date', () => {
    expect(writtenBefore(null, now)).toBeNull();
  });

  test('a clock change does not make a day', () => {
    expect(age(new Date(2026, 9, 24, 23), new Date(2026, 9, 25, 1))).toEqual({ value: 1, unit: 'day' });
  });
});

test.each([
  [10_000, 'just now'],
  [12 * 60_000, '12 min ago'],
  [26 * 3_600_000, 'yesterday'],
])('an edit %d ms ago was "%s"', (ms, said) => {
  expect(saidMoment(now.getTime() - ms, now.getTime())).toBe(said);
});
