import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectExactOffsets } from '../../../testing/expectExactOffsets.ts';
import { htmlToText } from './html.ts';

function blocks(html: string): [kind: string, text: string, level?: number][] {
  const structured = htmlToText(html);
  expectExactOffsets(structured);
  return structured.blocks.map((block) => {
    const text = structured.text.slice(block.start, block.end);
    return block.level === undefined ? [block.kind, text] : [block.kind, text, block.level];
  });
}

test('block elements become blocks of their kind', () => {
  expect(
    blocks(
      '<h2>A</h2><p>b <em>c</em></p>d<ul><li>e<ol><li>f</li></ol></li><li><p>g</p><p>h</p></li></ul><blockquote><p>i</p></blockquote><pre>  j\n  k\n</pre>',
    ),
  ).toEqual([
    ['heading', 'A', 2],
    ['paragraph', 'b c'],
    ['paragraph', 'd'],
    ['item', 'e', 1],
    ['item', 'f', 2],
    ['item', 'g', 1],
    ['paragraph', 'h'],
    ['quote', 'i'],
    ['code', 'j\n  k'],
  ]);
});

test('rows of a table are items', () => {
  expect(blocks('<table><thead><tr><th>A</th><th>B</th></tr></thead><tr><td>1</td><td> 2 </td></tr></table>')).toEqual([
    ['item', 'A · B', 1],
    ['item', '1 · 2', 1],
  ]);
});

test('two line breaks part paragraphs, one does not', () => {
  expect(blocks('a<br>b<br> <br/>c')).toEqual([
    ['paragraph', 'a b'],
    ['paragraph', 'c'],
  ]);
});

test('entities are decoded once', () => {
  expect(htmlToText('Fish &amp; chips&nbsp;&hellip; &lt;b&gt; &amp;lt; &#8217;').text).toBe(
    'Fish & chips … <b> &lt; ’',
  );
});

test('scripts, styles, frames, handlers and comments leave nothing', () => {
  const structured = htmlToText(
    '<p onclick="evil()">a<script>alert("<p>b</p>")</script><style>c{}</style><noscript>d</noscript><iframe src="x">e</iframe><!-- f --><svg><title>g</title></svg><img src=x onerror="evil()"></p>',
  );
  expect(structured.text).toBe('a');
});

test('only links that are safe to follow keep an address', () => {
  const structured = htmlToText(
    '<a href="https://a.b/c">one</a> <a href=" jAvascript:evil()">two</a> <a href="&#x6A;avascript:evil()">three</a> <a href="java\tscript:evil()">four</a> <a href="data:text/html,x">five</a> <a href="/six">six</a> <a name="x">seven</a>',
  );
  expect(structured.text).toBe('one two three four five six seven');
  expect(structured.links.map((link) => link.href)).toEqual(['https://a.b/c', '/six']);
});

test('a link around blocks carries the words of each', () => {
  const structured = htmlToText('<a href="/a"><h3>b</h3><p>c</p></a>d');
  expect(structured.links.map((link) => structured.text.slice(link.start, link.end))).toEqual(['b', 'c']);
});

test('a page nested without end is refused, not a crash', () => {
  expect(() => htmlToText('<b>'.repeat(100_000))).toThrow(/nest more than 1000 levels deep/);
});

test('any tangle of tags gives exact offsets', () => {
  const piece = fc.constantFrom(
    ...[
      '<p>',
      '</p>',
      '<li>',
      '</li>',
      '<ul>',
      '</ul>',
      '<pre>',
      '</pre>',
      '<blockquote>',
      '</blockquote>',
      '<a href="/x">',
      '</a>',
      '<td>',
      '<tr>',
      '</tr>',
      '<table>',
    ],
    ...[
      '<h1>',
      '</h1>',
      '<br>',
      '<script>',
      '</script>',
      'word',
      ' ',
      '\n',
      '&amp;',
      '&nbsp;',
      '<',
      '>',
      '"',
      '<img alt="a b">',
      '</',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 50 }), (pieces) => {
      expectExactOffsets(htmlToText(pieces.join('')));
    }),
    { numRuns: 500 },
  );
});
