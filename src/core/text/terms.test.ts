// Terms as lexical search counts them, and where they stand.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stemOf, termCounts, termOccurrences } from './terms.ts';

const terms = (text: string): string[] => termOccurrences(text).map(({ term }) => term);

describe('termOccurrences', () => {
  it('reads words in lower case without stop words and the tails of contractions', () => {
    expect(terms('The Ferry’s crew didn’t sail, and we’ll say why.')).toEqual(['ferry', 'crew', 'didn', 'sail', 'say']);
  });

  it('keeps a compound and its parts', () => {
    expect(terms('On-call at v8.dev: site-isolation, snake_case.')).toEqual([
      'on-call',
      'call',
      'v8.dev',
      'v8',
      'dev',
      'site-isolation',
      'site',
      'isolation',
      'snake_case',
      'snake',
      'case',
    ]);
  });

  it('parts words at apostrophes that join two', () => {
    expect(terms("l'homme O’Brien")).toEqual(['l', 'homme', 'o', 'brien']);
  });

  it('folds accents on Latin letters and compatibility forms only', () => {
    expect(terms('Café CAFE\u0301 ﬁle')).toEqual(['cafe', 'cafe', 'file']);
    expect(terms('हिन्दी')).toEqual(['हिन्दी']);
    expect(terms('йод')).toEqual(['йод']);
  });

  it('cuts scripts without spaces into words', () => {
    expect(terms('潮の時刻表').length).toBeGreaterThan(1);
    expect(terms('潮の時刻表').join('')).toContain('時刻');
    expect(terms('ภาษาไทย').length).toBeGreaterThan(1);
  });

  it('passes over hashes and data', () => {
    expect(terms(`see ${'f'.repeat(65)} here`)).toEqual(['see']);
  });

  it('gives the exact place of every word, once each, in any text', () => {
    const text = fc.array(
      fc.oneof(
        fc.constantFrom(
          'ferry',
          'on-call',
          "don't",
          '.',
          '-',
          ' ',
          '\n',
          'é',
          'e\u0301',
          '潮',
          '🚢',
          'x_y',
          "'",
          'İstanbul',
        ),
        fc.string({ unit: 'binary' }),
      ),
    );
    fc.assert(
      fc.property(
        text.map((parts) => parts.join('')),
        (joined) => {
          let last = 0;
          for (const { term, start, end } of termOccurrences(joined)) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            expect(joined.slice(start, end)).toMatch(/^[\p{L}\p{N}]/u);
            expect(term.length).toBeGreaterThan(0);
            last = start;
          }
          const counts = [...termCounts([{ text: joined, weight: 1 }]).values()].reduce((sum, count) => sum + count, 0);
          expect(counts).toBe(termOccurrences(joined).length);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('finds the same words whether or not they are surrounded by other scripts', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('ferry', 'tide', 'on-call', 'v8')), (words) => {
        const plain = words.map((word) => terms(word)).flat();
        expect(terms(words.join(' 🚢 '))).toEqual(plain);
        expect(terms(words.join(' — '))).toEqual(plain);
      }),
    );
  });
});

describe('stemOf', () => {
  it('relates the forms of an English word and leaves anything else', () => {
    expect(stemOf('clocks')).toBe(stemOf('clock'));
    expect(stemOf('planning')).toBe(stemOf('planned'));
    expect(stemOf('v8.dev')).toBe('v8.dev');
    expect(stemOf('прилив')).toBe('прилив');
  });
});
