// Shared words as they are shown: how heavy each is, and which of them are names.
import { expect, it } from 'vitest';
import { sharedTerms } from './sharedTerms.ts';
import { sharedWords, stemWeights } from './termWeights.ts';

const weights = stemWeights([
  { term: 'marta', weight: 6 },
  { term: 'rota', weight: 3 },
  { term: 'quay', weight: 1 },
]);
const termsOf = (text: string) => sharedTerms([{ text, words: sharedWords(text, weights) }]);

it('tells names from words that merely begin a sentence', () => {
  const terms = termsOf('The rota was kept by Marta. Quay lights were out. Rota days are long, said Marta.');
  expect(terms).toEqual([
    { text: 'Marta', weight: 0.6, name: true },
    { text: 'rota', weight: 0.3, name: false },
    { text: 'Quay', weight: 0.1, name: false },
  ]);
});

it('takes no word for a name that stands without a capital elsewhere', () => {
  expect(termsOf('We read the Quay in capitals, and the quay without.')[0]).toMatchObject({ name: false });
});
