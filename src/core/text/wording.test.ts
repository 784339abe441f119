// The content words of a text, and which of them are numbers, dates and names.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TextBlock } from '../post.ts';
import { wording, type FactKind } from './wording.ts';

const facts = (text: string, kind: FactKind): string[] =>
  wording({ text, blocks: [] }).flatMap(({ fact, value }) => (fact === kind ? [value] : []));

describe('wording', () => {
  test('keeps content words in order and leaves stop words out', () => {
    expect(wording({ text: 'The boats are leaving from the pier' }).map(({ stem }) => stem)).toEqual([
      'boat',
      'leav',
      'pier',
    ]);
  });

  test('sees one number however it is written', () => {
    expect(facts('1,200 boats', 'number')).toEqual(facts('1200 boats', 'number'));
    expect(facts('three boats', 'number')).toEqual(facts('3 boats', 'number'));
    expect(facts('the 3rd boat', 'number')).toEqual(facts('the third boat', 'number'));
    expect(facts('at 05:30', 'number')).toEqual(['5:30']);
    expect(facts('release 1.2 of Q3', 'number')).toEqual(['1.2', 'q3']);
  });

  test('joins no numbers of a list', () => {
    expect(facts('in 3, 4 and 17 ports', 'number')).toEqual(['3', '4', '17']);
  });

  test('sees names within a sentence, not at its beginning or in a heading', () => {
    expect(facts('Yesterday the crew met Effie in Skerra. Boats sailed.', 'name')).toEqual(['effi', 'skerra']);
    const text = 'Our New Pier\n\nWe built it.';
    const blocks: TextBlock[] = [
      { kind: 'heading', start: 0, end: 12, level: 1 },
      { kind: 'paragraph', start: 14, end: text.length },
    ];
    expect(wording({ text, blocks }).every(({ fact }) => fact === null)).toBe(true);
  });

  test('takes compounds as their parts, so that a hyphen changes nothing', () => {
    const stems = (text: string) => wording({ text }).map(({ stem }) => stem);
    expect(stems('an on-call rota')).toEqual(stems('an on call rota'));
  });

  test('leaves out what is quoted, in a block or in quotation marks', () => {
    const quoted = 'Nobody who stands on the pier at half past five wants a forecast with percentages in it.';
    const text = `Rafi wrote: “${quoted}” and we agree.`;
    expect(wording({ text, blocks: [] }).map(({ term }) => term)).toEqual(['rafi', 'wrote', 'agree']);
    const block: TextBlock = { kind: 'quote', start: 0, end: quoted.length };
    expect(wording({ text: `${quoted}\n\nWe agree.`, blocks: [block] }).map(({ term }) => term)).toEqual(['agree']);
  });

  test('gives every word as the text has it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const { written } of wording({ text, blocks: [] })) expect(text).toContain(written);
      }),
    );
  });
});
