import { GFM, parser } from '@lezer/markdown';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainRun } from './plainRun.ts';

const plain = parser.configure(GFM);
const quick = parser.configure([GFM, { parseInline: [plainRun] }]);

const PIECES =
  'word|a|e.g.|www.x.example|(www.y.example)|https://x.example/a|me@x.example|mailto:a@b.example|*|**|_|`|``|[|]|(x)|![|<b>|</b>|<!--|-->|&amp;|&|\\*|\\|~~|~| |  |   |\n|\n\n|:|.|...|!|> |- |1. |# |***|"|“|é|潮|x|\t|;|,|www|http|@|://|snake_case|a_b@x.example|xmpp:a@b.example|-|+|\t|1.|\r|>|~~x|_a@b.c_|(|)|'.split(
    '|',
  );

test('the tree is the same with it and without', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }), (pieces) => {
      for (const joint of ['', ' ']) {
        const text = pieces.join(joint);
        expect(rangesOf(quick, text)).toEqual(rangesOf(plain, text));
      }
    }),
    { numRuns: 1500, seed: 11 },
  );
});

test('an address of mail is found behind whatever may stand before it', () => {
  for (const long of [1, 98, 99, 100, 101, 150])
    for (const before of ['', 'a ', '(', '_', '*', 'a.', 'é']) {
      const text = `${before}${'x_'.repeat(long / 2)}${'x'.repeat(long % 2)}@b.example c`;
      expect(rangesOf(quick, text)).toEqual(rangesOf(plain, text));
    }
});

function rangesOf(markdown: typeof plain, text: string): [string, number, number][] {
  const ranges: [string, number, number][] = [];
  markdown.parse(text).iterate({ enter: ({ name, from, to }) => void ranges.push([name, from, to]) });
  return ranges;
}
