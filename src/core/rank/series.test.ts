import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countOnce, seriesKey } from './series.ts';

const key = (title: string, parts: { source?: string; series?: string | null } = {}): string | null =>
  seriesKey({ title, source: 'blog', series: null, ...parts });

describe('titles of one series', () => {
  it.each([
    ['Building a ferry, part 1', 'Building a ferry, part 2: the hull'],
    ['Building a ferry (Part I)', 'Building a ferry – part two'],
    ['Part 1: Building a ferry', 'Part 2: Building a ferry'],
    ['Episode 12: Moira', 'Episode 13: Jess'],
    ['Harbour talk #7', 'Harbour talk #8 with guests'],
    ['Weekly notes: May 3, 2019', 'Weekly notes: June 10, 2019'],
    ['This week at the pier, 2019-05-03', 'This week at the pier, 2019-05-10'],
    ['Instructor training in March 2018', 'Instructor training in April 2018'],
    ['Ferry release v8.4', 'Ferry release v8.5'],
    ['How we plan (1/3)', 'How we plan (3/3)'],
    ['State of the pier 2018', 'State of the pier 2019'],
    ['Week 12', 'Week 13'],
    ['Wednesday, April 10, 2024 Harbour news', 'Tuesday, January 13, 2026 Harbour news'],
  ])('%s | %s', (one, other) => {
    expect(key(one)).not.toBeNull();
    expect(key(one)).toBe(key(other));
  });

  it.each([
    ['How we plan a quarter', 'How we plan a quarter'],
    ['Q3 results 2019', 'Q4 results 2019'],
    ['Building a ferry, part 1', 'Building a pier, part 1'],
    ['Part 1: the hull', 'Part 2: the deck'],
    ['You may 3 times', 'You must 3 times'],
    ['Day 1', 'Release 2'],
    ['Ferry 8', 'Ferry 9'],
    ['The part of the night', 'The part of the day'],
    ['&#8216;Ferry&#8217; by night', '&#8216;Pier&#8217; by day'],
    ['Sunday in the harbour', 'Sunday in the shipyard'],
    ['The part I played', 'The part I liked'],
    ['There is no one to ask', 'There is no two to ask'],
  ])('are not %s | %s', (one, other) => {
    const found = key(one);
    expect(found === null || found !== key(other)).toBe(true);
  });

  it('count within one source, and a post that names its series is believed', () => {
    expect(key('Week 1', { source: 'a' })).not.toBe(key('Week 2', { source: 'b' }));
    expect(key('The hull', { series: 'Building' })).toBe(key('The deck', { series: 'building ' }));
    expect(key('The hull', { series: '' })).toBeNull();
  });
});

describe('a series', () => {
  it('counts once: its best stands for it, nothing is lost and the order stays', () => {
    const items = fc.array(fc.record({ id: fc.nat(), key: fc.option(fc.constantFrom('a', 'b', 'c')) }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(items, (all) => {
        const counted = countOnce(all, (item) => item.key);
        const keys = counted.flatMap(({ item }) => item.key ?? []);
        expect(new Set(keys).size).toBe(keys.length);
        expect(counted.reduce((sum, { others }) => sum + 1 + others.length, 0)).toBe(all.length);
        const first = counted.map(({ item }) => all.indexOf(item));
        expect(first).toEqual([...first].sort((a, b) => a - b));
        for (const { item, others } of counted) {
          for (const other of others) expect(other.key).toBe(item.key);
        }
      }),
    );
  });
});
