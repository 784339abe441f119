import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draftToText } from './markdown.ts';
import { markdownByParts } from './markdownByParts.ts';
import { markdownParts } from './markdownParts.ts';

/** Lines and pieces of lines that blocks begin with, go on with and end with. */
const LINES = [
  ...[
    '',
    '',
    '',
    ' ',
    '\t',
    'Words of a line',
    'and **more** of [them](/a).',
    '[words][a] first',
    '[a]: /b "T"',
    '[^1]: Note',
    '[^1] x',
  ],
  ...[
    '# Head',
    '## Head ##',
    '### #',
    '#',
    '#tag',
    '####### seven',
    'Head\n===',
    'Head\n---',
    '===',
    '---',
    '- - -',
    '***',
    '___',
    '* * *',
  ],
  ...[
    '- item',
    '-',
    '- ',
    '* item',
    '*emphasis* first',
    '**strong** first',
    '_emph_',
    '+ item',
    '1. one',
    '2. two',
    '10) ten',
    '2014 was',
    '1',
    '1.',
  ],
  ...[
    '  indented',
    '    code',
    '\ttab',
    '  - nested',
    '   1. nested',
    '> quote',
    '>',
    '> - in it',
    '>lazy',
    '> ```',
    '- ```',
    '  ```',
  ],
  ...['```', '```js', '``` a`b', '````', '~~~', '~~~~', '   ```', '    ```', '`code` first', '``', 'x\n```'],
  ...[
    '<div>',
    '</div>',
    '<b>inline</b> first',
    '<!-- c -->',
    '<!-- open',
    'close -->',
    '<script>',
    '</script>',
    '<pre>a</pre>',
    '<pre>',
    '</pre>',
    '<?php',
    '?>',
    '<!X',
    '<a',
  ],
  ...['a | b', '- | -', '--- | ---', '|---|', '| a | b |', ':-- | --', ':x', '|', 'a\\|b | c'],
  ...[
    '![alt](a.png)',
    '!x',
    '\\# not',
    '&amp; first',
    'two  spaces',
    'hard  ',
    'hard\\',
    'www.x.example',
    'https://x.example/a',
    'me@x.example',
    '“q”',
    'é',
    '潮',
  ],
  ...[
    '{{< tag >}}',
    '{% highlight js %}',
    '{% endhighlight %}',
    '{: .c}',
    '- [ ] task',
    '- [x] done',
    '\u00a0',
    'a\u00a0',
    '\u200b',
    'a\rb',
    '\f',
  ],
];

const same = (markdown: string): void => {
  const { text, blocks, links } = draftToText(markdown);
  expect(markdownByParts(markdown), JSON.stringify(markdown)).toEqual({ text, blocks, links });
};

describe('read by parts, Markdown is what it is as a whole', () => {
  test.each([10, 30, 80])('of up to %i lines', (maxLength) => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...LINES), { maxLength }),
        fc.constantFrom('\n', '\n\n', '\n', '\r\n', ''),
        (lines, joint) => same(lines.join(joint)),
      ),
      { numRuns: 1500, seed: 5 },
    );
  });

  test('of lines among paragraphs', () => {
    const line = fc.oneof(
      { weight: 2, arbitrary: fc.constant('Words of a line.') },
      { weight: 2, arbitrary: fc.constant('') },
      fc.constantFrom(...LINES),
    );
    fc.assert(
      fc.property(fc.array(line, { minLength: 4, maxLength: 24 }), (lines) => same(lines.join('\n'))),
      { numRuns: 4000, seed: 6 },
    );
  });

  test('where lines are told apart by one character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from(' \n\n#->*_`~+=|:<!1.)[](a')), maxLength: 40 }),
        same,
      ),
      {
        numRuns: 8000,
        seed: 7,
      },
    );
  });
});

test('most of a post is paragraphs, headings and code', () => {
  const post = '# A\n\nWords\nof it.\n## B\n[More](/a) of it:\n- one\n\n  two\n\n```js\nlet a;\n\n```\nLast | one.\n';
  const found = [...markdownParts(post)].map(({ kind, from, to }) => [kind, post.slice(from, to)]);
  expect(found).toEqual([
    ['heading', '# A'],
    ['paragraph', 'Words\nof it.'],
    ['heading', '## B'],
    ['paragraph', '[More](/a) of it:'],
    ['other', '- one\n\n  two\n\n'],
    ['code', 'let a;\n'],
    ['paragraph', 'Last | one.'],
  ]);
});

test('time is linear in the length', () => {
  for (const piece of [
    '- a\n\n',
    '```\n',
    '> ',
    '<!-- ',
    'a\n',
    '# ',
    '~~~\n\n',
    ' \n',
    '| ',
    '1. a\n\n',
    '[',
    '# #  ',
  ]) {
    const started = performance.now();
    try {
      markdownByParts(piece.repeat(5_000));
    } catch {
      // Nested too deep.
    }
    expect(performance.now() - started, piece).toBeLessThan(4000);
  }
});
