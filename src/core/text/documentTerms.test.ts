// What terms a post has: stored indexes rest on it.
import { expect, it } from 'vitest';
import { documentTerms, termsRule } from './documentTerms.ts';
import { stemOf } from './terms.ts';
import { textHash } from './textHash.ts';

it('a change of the terms, or of their stems, comes with another name of the rule', () => {
  const text = 'The café’s on-call rota isn’t kept at v8.dev: 12 engineers, 3 clocks and naïve Größe, ферри.';
  const { terms, counts, length } = documentTerms({
    title: 'Clocks and clock towers',
    summary: 'A summary of clocks.',
    text,
    blocks: [{ kind: 'heading', start: 0, end: 12 }],
    tags: ['On-call', 'tides'],
  });
  const all = JSON.stringify([terms, terms.map(stemOf), counts, length]);
  // Where this fails, raise `termsRule` and write both here: libraries then make their indexes anew.
  expect([termsRule, textHash(all)]).toEqual(['terms-1', 4515505906462021]);
});
