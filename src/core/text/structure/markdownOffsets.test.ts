// Where blocks and links stand, whatever the Markdown.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectExactOffsets } from '../../../testing/expectExactOffsets.ts';
import { draftToText, markdownToText } from './markdown.ts';

test('any text gives exact, ordered, trimmed blocks with links inside them', () => {
  const piece = fc.constantFrom(
    ...[
      '# ',
      '> ',
      '- ',
      '1. ',
      '\n',
      '\n\n',
      '    ',
      '*',
      '**',
      '_',
      '`',
      '```\n',
      '[',
      ']',
      '(/a)',
      '![',
      '<b>',
      '</b>',
      '<p>',
      '<li>',
      '<a href="/x">',
      '</a>',
    ],
    ...[
      '<pre>',
      '</pre>',
      '<br>',
      '&amp;',
      '\\',
      '|',
      '|-|-|\n',
      '{{ x }}',
      '{% y %}',
      '[^1]',
      ': ',
      'https://a.b ',
      'word ',
      'Ünï ',
      '🚢',
      ' ',
      '\t',
      '\r\n',
      '\0',
      '~~',
      '<!--',
      '-->',
      '<script>',
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      expectExactOffsets(markdownToText(pieces.join('')));
    }),
    { numRuns: 500 },
  );
});

test('a line of words is read as the grammar reads it', () => {
  const piece = fc.constantFrom(
    ...[
      'word',
      'Ünï',
      '🚢',
      '1.',
      ' ',
      '  ',
      '\t',
      '. ',
      '! ',
      '!',
      ': ',
      '://',
      'www.a.b',
      'https',
      'a',
      '-',
      '=',
      '#',
      '+',
      '\u00a0',
    ],
    ...['(', ')', '"', "'", '/', '$', '%', '^', '\0', '\u200b', '\u2028', '|', '@', '*', '&amp;', '{{ x }}', '[a](/b)'],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const line = pieces.join('');
      const { text, blocks, links } = draftToText(line);
      expect(markdownToText(line)).toEqual({ text, blocks, links });
    }),
    { numRuns: 1000 },
  );
});

test('a draft says where each block stands in the Markdown', () => {
  const markdown = '# A {{ b }}\n\nc *d*\ne\n\n- f\n\n<p>g</p>';
  const draft = draftToText(markdown);
  expect(draft.sources.map(([start, end]) => markdown.slice(start, end))).toEqual([
    '# A {{ b }}',
    'c *d*\ne',
    'f',
    '<p>g</p>',
  ]);
  expect(draft.sources).toHaveLength(draft.blocks.length);
});
