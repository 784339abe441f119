// What is known of posts besides their text: dates in order, tags by share, terms of titles.
import { describe, expect, it } from 'vitest';
import { traitSource as post } from '../../testing/traitSource.ts';
import { dayOf, headTerms, TraitIndex, type TraitSource } from './postTraits.ts';

function indexOf(...posts: TraitSource[]): TraitIndex {
  const index = new TraitIndex();
  for (const one of posts) index.put(one, 100);
  return index;
}

describe('traits of posts', () => {
  it('order dated posts by day, whatever the order they came in', () => {
    const index = indexOf(
      post('may', { date: '2024-05-01' }),
      post('undated'),
      post('march', { date: '2024-03-01T10:00:00Z' }),
      post('broken', { date: 'some day' }),
    );
    const june = dayOf('2024-06-01') ?? 0;
    expect(index.newest(june, 5)).toEqual(['may', 'march']);
    expect(index.newest(june, 1)).toEqual(['may']);
    expect(index.before(dayOf('2024-05-01') ?? 0)).toBe(1);
    index.put(post('may', { date: '2024-07-01' }), 100);
    expect(index.newest(june, 5)).toEqual(['march']);
  });

  it('say how common a tag is, whatever its case', () => {
    const index = indexOf(post('a', { tags: ['Sea', 'sea'] }), post('b', { tags: ['sea'] }), post('c'), post('d'));
    expect(index.shareTagged('sea')).toBe(0.5);
    index.remove('a');
    index.remove('b');
    expect(index.shareTagged('sea')).toBe(0);
    expect(index.size).toBe(2);
  });

  it('have the terms of a title once for each stem, and of the summary what the title lacks', () => {
    expect(headTerms('Tides and the tide tables').map(({ stem }) => stem)).toEqual(['tide', 'tabl']);
    const own = indexOf(post('a', { title: 'Tide tables', summary: 'A table of harbours.' })).get('a');
    expect(own?.summary.map(({ term }) => term)).toEqual(['harbours']);
  });
});
