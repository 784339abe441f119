// Where sentences end, and where they only seem to.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentences } from './sentences.ts';

const split = (text: string): string[] => sentences(text).map(([start, end]) => text.slice(start, end));

describe('sentences', () => {
  it.each<[string, string[]]>([
    ['One. Two? Three!', ['One.', 'Two?', 'Three!']],
    ['Dr. Holm met Mr. J. Smith. They sailed.', ['Dr. Holm met Mr. J. Smith.', 'They sailed.']],
    [
      'It is, e.g. Tuesday, at No. 5. He said no. Then he left.',
      ['It is, e.g. Tuesday, at No. 5.', 'He said no.', 'Then he left.'],
    ],
    [
      'The U.S. Digital Service did. So did I. Nobody asked.',
      ['The U.S. Digital Service did.', 'So did I.', 'Nobody asked.'],
    ],
    ['Version 3.5 is out. See v8.dev.', ['Version 3.5 is out.', 'See v8.dev.']],
    ['1. First of all. 2. Then.', ['1. First of all.', '2. Then.']],
    ['“Is it?” she asked. (It was.) Yes.', ['“Is it?” she asked.', '(It was.)', 'Yes.']],
    ['潮が引いた。船は出ない。', ['潮が引いた。', '船は出ない。']],
  ])('of %j', (text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  it('go on over the soft line break of a hard-wrapped text, but not over that of a list', () => {
    expect(split('recruited from the private\nsector. Then\r\nmore.')).toEqual([
      'recruited from the private\nsector.',
      'Then\r\nmore.',
    ]);
    expect(split('Bring\n- a coat\n- boots')).toEqual(['Bring', '- a coat', '- boots']);
  });

  it('keep to the part asked for', () => {
    const text = 'One. Two. Three.';
    expect(sentences(text, 5, 9)).toEqual([[5, 9]]);
  });

  it('hold every visible character once, however long the text', () => {
    const text = fc
      .array(
        fc.oneof(
          fc.constantFrom('A word. ', 'e.g. ', 'No ', '5. ', '。', '\n', '- ', 'x'.repeat(3000)),
          fc.string({ unit: 'binary' }),
        ),
        {
          maxLength: 60,
        },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (joined) => {
        let done = 0;
        for (const [start, end] of sentences(joined)) {
          expect(joined.slice(done, start).trim()).toBe('');
          expect(joined.slice(start, end)).toBe(joined.slice(start, end).trim());
          expect(end).toBeGreaterThan(start);
          done = end;
        }
        expect(joined.slice(done).trim()).toBe('');
      }),
    );
  });
});
