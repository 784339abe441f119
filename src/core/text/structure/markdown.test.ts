import { describe, expect, test } from 'vitest';
import type { StructuredText } from '../../post.ts';
import { isKindredError } from '../../errors.ts';
import { draftToText, markdownToText } from './markdown.ts';
import { expectExactOffsets } from '../../../testing/expectExactOffsets.ts';

function blocks(structured: StructuredText): [kind: string, text: string, level?: number][] {
  return structured.blocks.map((block) => {
    const text = structured.text.slice(block.start, block.end);
    return block.level === undefined ? [block.kind, text] : [block.kind, text, block.level];
  });
}

function links(structured: StructuredText): [words: string, href: string][] {
  return structured.links.map((link) => [structured.text.slice(link.start, link.end), link.href]);
}

describe('blocks', () => {
  test('headings, paragraphs, quotes, items and code become blocks parted by blank lines', () => {
    const structured = markdownToText(
      '# One *two*\n\nA line\nand another.\n\n> Said\n> twice\n\n- first\n  - second\n\n    more of it\n- third\n\n```js\nlet a;\n\n  let b;\n```\n\nTwo\n===\n',
    );
    expect(blocks(structured)).toEqual([
      ['heading', 'One two', 1],
      ['paragraph', 'A line and another.'],
      ['quote', 'Said twice'],
      ['item', 'first', 1],
      ['item', 'second', 2],
      ['paragraph', 'more of it'],
      ['item', 'third', 1],
      ['code', 'let a;\n\n  let b;'],
      ['heading', 'Two', 1],
    ]);
    expectExactOffsets(structured);
  });

  test('each row of a table is an item with its cells parted', () => {
    const structured = markdownToText('| Boat | Cars |\n|---|---:|\n| *Petrel* | 12 |\n| Skua | |\n');
    expect(blocks(structured)).toEqual([
      ['item', 'Boat · Cars', 1],
      ['item', 'Petrel · 12', 1],
      ['item', 'Skua', 1],
    ]);
  });

  test('tasks lose their box', () => {
    expect(blocks(markdownToText('- [x] done\n- [ ] open'))).toEqual([
      ['item', 'done', 1],
      ['item', 'open', 1],
    ]);
  });

  test('footnotes lose their marks and keep their text', () => {
    expect(markdownToText('Said so.[^1]\n\n[^1]: In the log.\n\n[^2]: Twice').text).toBe(
      'Said so.\n\nIn the log.\n\nTwice',
    );
  });

  test('emphasis, strikethrough, code spans, escapes and entities leave their characters', () => {
    expect(markdownToText('a **b _c_** ~~d~~ `e &amp; <f>` \\*g\\* &eacute; &amp; &#x2014;').text).toBe(
      'a b c d e &amp; <f> *g* é & —',
    );
  });

  test('an image leaves its alternative text, unless that is a file name', () => {
    expect(markdownToText('![A *green* sign](a.png) ![](b.png) ![IMG_2034](c.png)').text).toBe('A green sign');
  });

  test('a link over two lines and a soft break are one space', () => {
    expect(markdownToText('one\n[two\nthree](/x) four  \nfive').text).toBe('one two three four five');
  });

  test('CRLF reads as LF', () => {
    const unix = '# A\n\n- b\n- c\n\n```\nd\n\ne\n```\n\nf\ng\n';
    expect(markdownToText(unix.replaceAll('\n', '\r\n'))).toEqual(markdownToText(unix));
  });

  test('NUL, soft hyphens and zero-width spaces are dropped', () => {
    expect(markdownToText('a\0b co\u00adoperate zero\u200bwidth').text).toBe('ab cooperate zerowidth');
  });

  test('nothing comes of nothing', () => {
    for (const empty of ['', ' \n\n', '<!-- only a comment -->', '---', '[a]: /b']) {
      expect(markdownToText(empty)).toEqual({ text: '', blocks: [], links: [] });
    }
  });
});

describe('links', () => {
  test('inline, reference, automatic and bare links keep their words and addresses', () => {
    const structured = markdownToText(
      '[a *b*](/c "t") [d][E] [e] [f](<g h>) <https://i.j> www.k.org m@n.org [not defined]\n\n[e]: https://e.org',
    );
    expect(links(structured)).toEqual([
      ['a b', '/c'],
      ['d', 'https://e.org'],
      ['e', 'https://e.org'],
      ['f', 'g h'],
      ['https://i.j', 'https://i.j'],
      ['www.k.org', 'http://www.k.org'],
      ['m@n.org', 'mailto:m@n.org'],
    ]);
    expect(structured.text).toContain('[not defined]');
    expectExactOffsets(structured);
  });

  test('script, data and other schemes lose their address and keep their words', () => {
    const structured = markdownToText(
      '[a](javascript:alert(1)) [b](JaVaScRiPt:x) [c](data:text/html,x) [d](vbscript:x) [e](java&#10;script:x) [f](&#106;avascript:x) [g](#top) [h]()',
    );
    expect(structured.text).toBe('a b c d e f g h');
    expect(structured.links).toEqual([]);
  });

  test('an image within a link leaves its words to the link', () => {
    expect(links(markdownToText('[![Watch it](a.png)](/v)'))).toEqual([['Watch it', '/v']]);
  });
});

describe('raw HTML', () => {
  test('blocks and inline elements are read as HTML, script and style are dropped', () => {
    const structured = markdownToText(
      'a <b onclick="x()">b</b> <script>evil()</script> c <a href="/d">d</a><br>e\n\n<div>\n<p>f</p>\n<ul><li>g</li></ul>\n<style>p{}</style>\n</div>\n\nh',
    );
    expect(blocks(structured)).toEqual([
      ['paragraph', 'a b c d e'],
      ['paragraph', 'f'],
      ['item', 'g', 1],
      ['paragraph', 'h'],
    ]);
    expect(links(structured)).toEqual([['d', '/d']]);
  });

  test('an element left open ends with its paragraph', () => {
    expect(markdownToText('a <iframe src="x">\n\nb').text).toBe('a\n\nb');
  });

  test('Markdown between opening and closing blocks of HTML is read as Markdown', () => {
    expect(markdownToText('<details>\n\n**a** [b](/c)\n\n</details>').text).toBe('a b');
  });

  test('HTML within a quote is read without the marks of the quote', () => {
    expect(blocks(markdownToText('> <div>\n> a\n> b\n> </div>'))).toEqual([['quote', 'a b']]);
  });
});

describe('tags of site generators', () => {
  test('Liquid, Nunjucks and Hugo tags go, their content stays', () => {
    expect(
      markdownToText(
        '{% include x.html a="b" %}\n\na {{ page.title }} b\n\n{{< note >}}\nc\n{{< /note >}}\n\n{{<\n img src="x"\n>}}',
      ).text,
    ).toBe('a b\n\nc');
  });

  test('a tag that makes the address of a link leaves it', () => {
    const structured = markdownToText(
      '[a]({{ "/2015/01/08/b/" | url }}) [c]({% post_url 2014-03-12-d %}) [e]({{< ref "/posts/f.md" >}}) [g]({{ site.baseurl }}/h) <a href="{{ "/i" | url }}">j</a>',
    );
    expect(links(structured)).toEqual([
      ['a', '/2015/01/08/b/'],
      ['c', '/2014/03/12/d/'],
      ['e', '/posts/f.md'],
      ['g', '/h'],
      ['j', '/i'],
    ]);
  });

  test('what looks like a tag in code is code', () => {
    expect(markdownToText('`{{ a }}`\n\n```\n{% b %}\n```').text).toBe('{{ a }}\n\n{% b %}');
  });

  test('a highlight tag is a code block', () => {
    expect(blocks(markdownToText('{% highlight js %}\n# a\n{% endhighlight %}\n\nb'))).toEqual([
      ['code', '# a'],
      ['paragraph', 'b'],
    ]);
  });

  test('attribute lists of kramdown go', () => {
    expect(
      markdownToText('## A {#toc0}\n\n## A { #support }\n\n[b](/c){:target="_blank"} [d](/e){.external} f\n{: .lead}')
        .text,
    ).toBe('A\n\nA\n\nb d f');
  });

  test('shortcodes of WordPress go, links of the same words stay', () => {
    expect(markdownToText('[youtube=http://y.be/x] [caption id="a"]b[/caption] [video](/c) [gallery]').text).toBe(
      'b video [gallery]',
    );
  });
});

describe('bad input', () => {
  test('quotes nested without end are refused with the line, and a draft falls back to plain text', () => {
    const nested = `fine\n\n${'>'.repeat(100_000)} deep`;
    expect(() => markdownToText(nested)).toThrow(/Line 3 nests more than 200/);
    expect(() => markdownToText('- '.repeat(5000) + 'a')).toThrow(/nests/);
    expect(draftToText(nested).text).toContain('deep');
  });

  test('elements nested without end are refused', () => {
    const thrown = catchError(() => markdownToText('<div>'.repeat(100_000)));
    expect(isKindredError(thrown, 'format-broken')).toBe(true);
  });

  test('a rule of many dashes and a long number are no nesting', () => {
    expect(markdownToText(`${'-'.repeat(1000)}\n\n${'* '.repeat(150)}\n\n${'9'.repeat(500)}`).text).toBe(
      '9'.repeat(500),
    );
  });

  test.each(['[', '![', '[](', 'a**b', '*a_ ', '<a ', '`', '{{', '{%', '> - '])(
    'a megabyte of %s is read',
    { timeout: 60_000 },
    (piece) => {
      const hostile = piece.repeat(Math.ceil(1_000_000 / piece.length));
      expect(typeof draftToText(hostile).text).toBe('string');
    },
  );

  test('a post of 200,000 words is read whole', { timeout: 60_000 }, () => {
    const paragraph = `${'The boat *sailed* at [seven](/seven) today. '.repeat(20)}\n\n`;
    const structured = markdownToText(paragraph.repeat(1430));
    expect(structured.blocks).toHaveLength(1430);
    expect(structured.links).toHaveLength(28_600);
  });
});

function catchError(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
