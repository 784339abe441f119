import { expect, test } from 'vitest';
import { makeSuggestion } from '../../../testing/makeSuggestion.ts';
import { reasonFor, reasonText } from './reason.ts';

const now = new Date(2026, 2, 22);
const terms = (...texts: string[]) => texts.map((text) => ({ text, weight: 1 / texts.length, name: false }));

test('names shared terms and how long before', () => {
  const suggestion = makeSuggestion('a', 0.5, { sharedTerms: terms('incident review', 'blameless') });
  expect(reasonText(suggestion, now)).toBe('Shares incident review and blameless; written three weeks before.');
});

test('sets the terms apart and names three at most', () => {
  const suggestion = makeSuggestion('a', 0.5, { sharedTerms: terms('one', 'two', 'three', 'four') });
  expect(reasonFor(suggestion, now).filter((part) => typeof part !== 'string')).toEqual([
    { term: 'one' },
    { term: 'two' },
    { term: 'three' },
  ]);
});

test('says that a post is close in meaning where it shares no term', () => {
  expect(reasonText(makeSuggestion('a', 0.5, { date: null }), now)).toBe('Close in meaning.');
});

test('begins with the meaning where that speaks most for it', () => {
  const factors = [
    { factor: 'meaning' as const, weight: 2 },
    { factor: 'words' as const, weight: 1 },
  ];
  const suggestion = makeSuggestion('a', 0.5, { sharedTerms: terms('tide'), factors, date: null });
  expect(reasonText(suggestion, now)).toBe('Close in meaning; shares tide.');
});

test('says that both name the same, where the heaviest words are names', () => {
  const named = terms('Marta', 'Lerwick').map((term) => ({ ...term, name: true }));
  expect(reasonText(makeSuggestion('a', 0.5, { sharedTerms: named, date: null }), now)).toBe(
    'Names Marta and Lerwick too.',
  );
  const mixed = [...named, ...terms('tide')];
  expect(reasonText(makeSuggestion('a', 0.5, { sharedTerms: mixed, date: null }), now)).toBe(
    'Shares Marta, Lerwick and tide.',
  );
});

test('names the minute of a video', () => {
  const passage = { start: 0, end: 5, text: 'words', marks: [], startS: 700 };
  const suggestion = makeSuggestion('a', 0.5, { passage, sharedTerms: terms('tide'), date: null });
  expect(reasonText(suggestion, now)).toBe('Shares tide; says so in minute 12.');
});

test('says that other posts link to it, once several do', () => {
  const linked = (linkedFrom: number) =>
    makeSuggestion('a', 0.5, { linkedFrom, sharedTerms: terms('tide'), date: null });
  expect(reasonText(linked(4), now)).toBe('Shares tide; linked from 4 posts.');
  expect(reasonText(linked(1), now)).toBe('Shares tide.');
});

test('leaves it to the line above to say when a post was written already', () => {
  const suggestion = makeSuggestion('a', 0.5, {
    sharedTerms: terms('tide'),
    duplicate: { older: 'post', sameWords: 1, differs: { changed: [], added: 0, leftOut: 0 } },
  });
  expect(reasonText(suggestion, now)).toBe('Shares tide.');
});

test('of a post worth linking the words that name it come first, until they no longer stand there', () => {
  const anchor = { start: 0, end: 8, text: 'the rota' };
  const named = makeSuggestion('a', 0.5, { sharedTerms: terms('rota'), date: null, relation: 'link-target', anchor });
  expect(reasonText(named, now)).toBe('Your words “the rota” name it.');
  expect(reasonText({ ...named, anchor: null }, now)).toBe('Shares rota.');
  expect(reasonText({ ...named, relation: 'same-topic' }, now)).toBe('Shares rota.');
});
