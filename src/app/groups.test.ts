import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { postId } from '../core/index.ts';
import type { Relation, Suggestion } from '../core/index.ts';
import { makeSuggestion } from '../testing/makeSuggestion.ts';
import { groupsOf, RELATIONS, settlePanel, type PanelLists } from './groups.ts';

const ids = (list: readonly Suggestion[]): string[] => list.map(({ post }) => post);
const of = (relation: Relation, id: string, topic = relation === 'same-topic' ? 0.9 : 0.1): Suggestion =>
  makeSuggestion(id, 0.5, { relation, topic });
const draftOf = (...draft: Suggestion[]): PanelLists => ({ draft, paragraph: [] });

describe('groups', () => {
  test('come in the order of the panel, and only those that have a suggestion', () => {
    const list = [of('related', 'a'), of('same-topic', 'b'), of('related', 'c')];
    expect(groupsOf(list).map(({ relation, list: own }) => [relation, ids(own)])).toEqual([
      ['same-topic', ['b']],
      ['related', ['a', 'c']],
    ]);
    expect(groupsOf([])).toEqual([]);
  });
});

describe('a panel that is not being read', () => {
  test('shows one group after the other, each in the order of the answer', () => {
    const incoming = draftOf(
      of('related', 'a'),
      of('same-topic', 'b'),
      of('near-duplicate', 'c'),
      of('same-topic', 'd'),
    );
    const { draft, fresh } = settlePanel(draftOf(), incoming, false);
    expect(ids(draft)).toEqual(['c', 'b', 'd', 'a']);
    expect(fresh).toEqual(['c', 'b', 'd', 'a']);
  });

  test('moves a post to another group only when it clearly belongs there', () => {
    const shown = draftOf(of('related', 'a', 0.45), of('related', 'b', 0.4));
    const barely = settlePanel(shown, draftOf(of('same-topic', 'a', 0.55), of('related', 'b', 0.4)), false);
    expect(barely.draft.map(({ relation }) => relation)).toEqual(['related', 'related']);
    const clearly = settlePanel(shown, draftOf(of('same-topic', 'a', 0.7), of('related', 'b', 0.4)), false);
    expect(clearly.draft.map(({ post, relation }) => [post, relation])).toEqual([
      ['a', 'same-topic'],
      ['b', 'related'],
    ]);
    // It was there before, if elsewhere.
    expect(clearly.fresh).toEqual([]);
  });

  test('shows at once that the draft names a post, or no longer does', () => {
    const shown = draftOf(of('related', 'a', 0.45), of('link-target', 'b', 0.45));
    const { draft } = settlePanel(shown, draftOf(of('link-target', 'a', 0.45), of('related', 'b', 0.45)), false);
    expect(draft.map(({ post, relation }) => [post, relation])).toEqual([
      ['b', 'related'],
      ['a', 'link-target'],
    ]);
  });

  test('says at once that a post says the same', () => {
    const { draft } = settlePanel(draftOf(of('same-topic', 'a', 0.5)), draftOf(of('near-duplicate', 'a', 0.5)), false);
    expect(draft[0]?.relation).toBe('near-duplicate');
  });

  test('keeps a post that is in the draft out of the paragraph', () => {
    const incoming = { draft: [of('related', 'a')], paragraph: [of('related', 'a'), of('related', 'b')] };
    expect(ids(settlePanel(draftOf(), incoming, false).paragraph)).toEqual(['b']);
  });
});

describe('a panel that is being read', () => {
  test('takes a new post only where nothing shown would move', () => {
    const shown = draftOf(of('same-topic', 'a'), of('related', 'b'));
    const incoming = draftOf(of('same-topic', 'new'), of('same-topic', 'a'), of('related', 'b'), of('related', 'late'));
    expect(ids(settlePanel(shown, incoming, true).draft)).toEqual(['a', 'b', 'late']);
    expect(ids(settlePanel(shown, incoming, false).draft)).toEqual(['new', 'a', 'b', 'late']);
    const withParagraph = { ...shown, paragraph: [of('related', 'p')] };
    expect(ids(settlePanel(withParagraph, incoming, true).draft)).toEqual(['a', 'b']);
  });

  test('keeps the part that stands for a series, even when another has become the best', () => {
    const part = (id: string, other: string): Suggestion => ({
      ...of('related', id),
      series: [{ post: postId(other), title: other, date: null }],
    });
    const shown = draftOf(part('one', 'two'));
    expect(ids(settlePanel(shown, draftOf(part('two', 'one')), true).draft)).toEqual(['one']);
    expect(ids(settlePanel(shown, draftOf(part('two', 'one')), false).draft)).toEqual(['two']);
  });

  test('never moves what is shown, in whichever groups it comes back', () => {
    const some = fc.uniqueArray(
      fc.record({
        id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
        relation: fc.constantFrom(...RELATIONS),
        topic: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { selector: ({ id }) => id, maxLength: 8 },
    );
    const lists = fc.tuple(some, fc.nat(8)).map(([all, at]): PanelLists => {
      const made = all.map(({ id, relation, topic }) => of(relation, id, topic));
      return { draft: made.slice(0, at), paragraph: made.slice(at) };
    });
    fc.assert(
      fc.property(lists, lists, (before, after) => {
        const shown = settlePanel(draftOf(), before, false);
        const { draft, paragraph } = settlePanel(shown, after, true);
        const wasShown = ids([...shown.draft, ...shown.paragraph]);
        expect(ids([...draft, ...paragraph]).slice(0, wasShown.length)).toEqual(wasShown);
        const relations = draft.slice(0, shown.draft.length).map(({ relation }) => relation);
        expect(relations).toEqual(shown.draft.map(({ relation }) => relation));
      }),
    );
  });
});

test('settling the same answer twice changes nothing', () => {
  const incoming = draftOf(of('related', 'a'), of('same-topic', 'b'), of('near-duplicate', 'c'));
  const once = settlePanel(draftOf(), incoming, false);
  const twice = settlePanel(once, incoming, false);
  expect(twice).toEqual({ ...once, fresh: [] });
});
