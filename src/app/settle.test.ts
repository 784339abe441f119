import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Suggestion } from '../core/index.ts';
import { makeSuggestion } from '../testing/makeSuggestion.ts';
import { settle } from './settle.ts';

const ids = (list: readonly Suggestion[]): string[] => list.map(({ post }) => post);

describe('a list that is not being read', () => {
  test('takes the order of the answer', () => {
    const { list, fresh } = settle([], [makeSuggestion('a', 0.9), makeSuggestion('b', 0.4)], false);
    expect(ids(list)).toEqual(['a', 'b']);
    expect(fresh).toEqual(['a', 'b']);
  });

  test('lets a post go up that is about as strong and far more likely to be linked to', () => {
    const ranked = (id: string, rank: number) =>
      makeSuggestion(id, 0.5, { scores: { cosine: null, lexical: 1, rank } });
    const shown = [ranked('a', -1), ranked('b', -1.2)];
    expect(ids(settle(shown, [ranked('b', -0.5), ranked('a', -2)], false).list)).toEqual(['b', 'a']);
    expect(ids(settle(shown, [ranked('b', -0.9), ranked('a', -1)], false).list)).toEqual(['a', 'b']);
  });

  test('keeps two posts in their order when they are about as strong', () => {
    const shown = [makeSuggestion('a', 0.6), makeSuggestion('b', 0.59)];
    const { list } = settle(shown, [makeSuggestion('b', 0.61), makeSuggestion('a', 0.59)], false);
    expect(ids(list)).toEqual(['a', 'b']);
  });

  test('changes places when one is clearly stronger', () => {
    const shown = [makeSuggestion('a', 0.6), makeSuggestion('b', 0.59)];
    const { list } = settle(shown, [makeSuggestion('b', 0.8), makeSuggestion('a', 0.5)], false);
    expect(ids(list)).toEqual(['b', 'a']);
  });

  test('drops what is no longer related and shows the new data of what is', () => {
    const shown = [makeSuggestion('a'), makeSuggestion('b')];
    const { list } = settle(shown, [makeSuggestion('b', 0.5, { title: 'Renamed' })], false);
    expect(list.map(({ title }) => title)).toEqual(['Renamed']);
  });

  test('puts a new post where its rank says', () => {
    const shown = [makeSuggestion('a', 0.6), makeSuggestion('b', 0.3)];
    const answer = [makeSuggestion('a', 0.6), makeSuggestion('new', 0.5), makeSuggestion('b', 0.3)];
    const { list, fresh } = settle(shown, answer, false);
    expect(ids(list)).toEqual(['a', 'new', 'b']);
    expect(fresh).toEqual(['new']);
  });
});

describe('a list that is being read', () => {
  test('never moves or loses what is shown; new posts come below', () => {
    const someList = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), {
      minLength: 0,
      maxLength: 6,
    });
    fc.assert(
      fc.property(someList, someList, (before, after) => {
        const shown = before.map((id) => makeSuggestion(id));
        const { list } = settle(
          shown,
          after.map((id) => makeSuggestion(id, 0.9)),
          true,
        );
        expect(ids(list).slice(0, before.length)).toEqual(before);
        expect(new Set(ids(list))).toEqual(new Set([...before, ...after]));
      }),
    );
  });

  test('still shows that the draft now links to a post', () => {
    const { list } = settle([makeSuggestion('a')], [makeSuggestion('a', 0.5, { linked: true })], true);
    expect(list[0]?.linked).toBe(true);
  });
});

test('settling the same answer twice changes nothing', () => {
  const someList = fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
      strength: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { selector: ({ id }) => id, maxLength: 6 },
  );
  fc.assert(
    fc.property(someList, someList, (before, after) => {
      const incoming = after.map(({ id, strength }) => makeSuggestion(id, strength));
      const once = settle(
        before.map(({ id, strength }) => makeSuggestion(id, strength)),
        incoming,
        false,
      );
      const twice = settle(once.list, incoming, false);
      expect(ids(twice.list)).toEqual(ids(once.list));
      expect(twice.fresh).toEqual([]);
    }),
  );
});
