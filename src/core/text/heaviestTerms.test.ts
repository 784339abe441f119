// Which words of a draft are asked for.
import { describe, expect, it } from 'vitest';
import { documentTerms } from './documentTerms.ts';
import { heaviestTerms, type Vocabulary } from './heaviestTerms.ts';

const library: Vocabulary = {
  idf: (term) => ({ tide: 3, table: 1, ferry: 2 })[term] ?? 5,
  knows: (term) => ['tide', 'table', 'ferry'].includes(term),
};

describe('heaviestTerms', () => {
  it('orders the terms that the library knows by weight, the title counting three times', () => {
    const { terms } = heaviestTerms({ title: 'Table', text: 'tide ferry ferry the' }, library);
    expect(terms).toEqual([
      { term: 'ferry', count: 2, weight: 4 },
      { term: 'table', count: 3, weight: 3 },
      { term: 'tide', count: 1, weight: 3 },
    ]);
  });

  it('counts unknown terms in the total, so that a strange draft has little in common with any post', () => {
    expect(heaviestTerms({ title: '', text: 'tide whale' }, library)).toEqual({
      terms: [{ term: 'tide', count: 1, weight: 3 }],
      all: ['whale', 'tide'],
      total: 8,
    });
  });

  it('keeps to the limit, and to nothing for an empty draft', () => {
    expect(heaviestTerms({ title: '', text: 'tide table ferry' }, library, 1)).toEqual({
      terms: [{ term: 'tide', count: 1, weight: 3 }],
      all: ['tide', 'ferry', 'table'],
      total: 3,
    });
    expect(heaviestTerms({ title: '', text: 'of the' }, library)).toEqual({ terms: [], all: [], total: 0 });
  });
});

describe('documentTerms', () => {
  it('weighs the fields, headings once more than the text they stand in', () => {
    const text = 'Fog\n\nfog and rain';
    const blocks = [
      { kind: 'heading' as const, start: 0, end: 3 },
      { kind: 'paragraph' as const, start: 5, end: text.length },
    ];
    const { terms, counts, length } = documentTerms({ title: 'Rain', summary: 'fog', text, blocks, tags: ['pier'] });
    expect(Object.fromEntries(terms.map((term, at) => [term, counts[at]]))).toEqual({ rain: 4, fog: 4, pier: 1 });
    expect(length).toBe(9);
  });
});
