import { expect, test } from 'vitest';
import { makeSuggestion } from '../../../testing/makeSuggestion.ts';
import { reasonFor, reasonText } from './reason.ts';

const now = new Date(2026, 2, 22);

test('names shared terms and how long before', () => {
  const suggestion = makeSuggestion('a', 0.5, { sharedTerms: ['incident review', 'blameless'] });
  expect(reasonText(suggestion, now)).toBe('Shares incident review and blameless; written three weeks before.');
});

test('sets the terms apart and names three at most', () => {
  const suggestion = makeSuggestion('a', 0.5, { sharedTerms: ['one', 'two', 'three', 'four'] });
  expect(reasonFor(suggestion, now).filter((part) => typeof part !== 'string')).toEqual([
    { term: 'one' },
    { term: 'two' },
    { term: 'three' },
  ]);
});

test('says that a post is close in meaning where it shares no term', () => {
  expect(reasonText(makeSuggestion('a', 0.5, { date: null }), now)).toBe('Close in meaning.');
});

test('names the minute of a video', () => {
  const passage = { start: 0, end: 5, text: 'words', marks: [], startS: 700 };
  const suggestion = makeSuggestion('a', 0.5, { passage, sharedTerms: ['tide'], date: null });
  expect(reasonText(suggestion, now)).toBe('Shares tide; says so in minute 12.');
});

test('says that other posts link to it, once several do', () => {
  const linked = (linkedFrom: number) => makeSuggestion('a', 0.5, { linkedFrom, sharedTerms: ['tide'], date: null });
  expect(reasonText(linked(4), now)).toBe('Shares tide; linked from 4 posts.');
  expect(reasonText(linked(1), now)).toBe('Shares tide.');
});

test('leaves it to the line above to say when a post was written already', () => {
  const suggestion = makeSuggestion('a', 0.5, {
    sharedTerms: ['tide'],
    duplicate: { older: 'post', sameWords: 1, differs: { changed: [], added: 0, leftOut: 0 } },
  });
  expect(reasonText(suggestion, now)).toBe('Shares tide.');
});
