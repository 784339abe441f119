// The wording that is a text's own, told once for whatever text has it.
import { expect, it } from 'vitest';
import { fingerprintOf } from './fingerprint.ts';
import { Rarity } from './overlap.ts';

const print = (text: string) => fingerprintOf({ title: '', summary: '', text, blocks: [] });

it('asks of a run of words once, and of every run of another form or order', () => {
  const asked: string[] = [];
  const rarity = new Rarity((terms) => {
    asked.push(terms.join(' '));
    return terms.includes('harbour');
  });
  const first = print('the ferry harbour clock rings loudly');
  const own = rarity.of(first);
  expect(own.size).toBeGreaterThan(0);
  expect(own.size).toBeLessThan(first.distinct.length);
  const before = asked.length;
  const copy = print('the ferry harbour clock rings loudly');
  expect([...rarity.of(copy)]).toEqual([...own]);
  expect(asked.length).toBe(before);
  // The same stems, and so the same shingles, in words that the library may have otherwise.
  rarity.of(print('the ferries harbours clocks ring loudly'));
  expect(asked.length).toBeGreaterThan(before);
  expect(new Set(asked).size).toBe(asked.length);
});
