import { describe, expect, test } from 'vitest';
import { importOne, importTexts } from '../../../testing/importTexts.ts';

const rss = (items: string, head = '<title>Slack &amp; water</title><link>https://a.example/</link>') =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>${head}${items}</channel></rss>`;

const atom = (entries: string) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title>Slackwater</title><id>urn:x</id><link href="https://a.example/"/><author><name>Everyone</name></author>${entries}</feed>`;

describe('formats', () => {
  test('RSS: full content, summary, categories, author, date with its zone', async () => {
    const post = await importOne(
      'feed.xml',
      rss(
        '<item><title>Fog &amp;amp; ferries</title><link>https://a.example/fog</link><guid isPermaLink="false">tag:a,1</guid><dc:creator>Tomasz</dc:creator><category>Weather</category><category><![CDATA[Ferries]]></category><pubDate>Tue, 11 Feb 2025 08:30:00 EST</pubDate><description>Short &lt;b&gt;one&lt;/b&gt;</description><content:encoded><![CDATA[<h2>Seven</h2><p>Nobody <a href="/pier">saw</a> it.</p><p>The post <a href="x">Fog</a> appeared first on <a href="y">Slackwater</a>.</p>]]></content:encoded></item>',
      ),
    );
    expect(post).toMatchObject({
      id: 'tag:a,1',
      kind: 'post',
      title: 'Fog & ferries',
      url: 'https://a.example/fog',
      date: '2025-02-11T08:30:00-05:00',
      authors: ['Tomasz'],
      tags: ['Weather', 'Ferries'],
      summary: 'Short one',
      source: 'Slack & water',
      text: 'Seven\n\nNobody saw it.',
    });
    expect(post.blocks.map((block) => block.kind)).toEqual(['heading', 'paragraph']);
  });

  test('Atom: HTML, XHTML and plain text', async () => {
    const { posts } = await importTexts({
      'feed.atom': atom(
        '<entry><id>a</id><title type="html">A &amp;lt;b&amp;gt;</title><link rel="self" href="/self"/><link href="/a"/><published>2020-01-01T00:00:00Z</published><updated>2021-01-01T00:00:00Z</updated><content type="html">&lt;p&gt;One &amp;amp; two&lt;/p&gt;</content></entry>' +
          '<entry><id>b</id><title>B</title><updated>2021-01-01T00:00:00Z</updated><author><name>Marit</name></author><category term="t" label="Tides"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Three <i>four</i></p></div></content></entry>' +
          '<entry><id>c</id><title>C</title><updated>2021-01-01T00:00:00Z</updated><summary>five &lt; six</summary></entry>',
      ),
    });
    expect(posts).toMatchObject([
      {
        title: 'A <b>',
        url: 'https://a.example/a',
        date: '2020-01-01T00:00:00Z',
        text: 'One & two',
        authors: ['Everyone'],
      },
      { title: 'B', text: 'Three four', authors: ['Marit'], tags: ['Tides'] },
      { title: 'C', text: 'five < six' },
    ]);
  });

  test('JSON Feed', async () => {
    const feed = {
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Slackwater',
      items: [
        {
          id: '7',
          url: 'https://a.example/7',
          content_html: '<p>Fog.</p>',
          date_published: '2025-02-11T08:30:00+01:00',
          tags: ['a'],
        },
        { id: 'https://a.example/8', title: 'Eight', content_text: 'One\n\ntwo <three>' },
      ],
    };
    const { posts } = await importTexts({ 'feed.json': JSON.stringify(feed, null, 2) });
    expect(posts).toMatchObject([
      { id: 'Slackwater/7', kind: 'note', title: 'Fog.', date: '2025-02-11T08:30:00+01:00', tags: ['a'] },
      { id: 'https://a.example/8', kind: 'post', title: 'Eight', text: 'One\n\ntwo <three>' },
    ]);
  });

  test('RDF', async () => {
    const post = await importOne(
      'feed.rdf',
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>S</title><link>https://a.example</link></channel><item rdf:about="https://a.example/1"><title>One</title><link>https://a.example/1</link><description>Fog.</description></item></rdf:RDF>',
    );
    expect(post).toMatchObject({ title: 'One', url: 'https://a.example/1', text: 'Fog.' });
  });

  test('a bare number for an id counts within its feed only', async () => {
    const item = '<item><title>T</title><guid>12</guid><description>Fog.</description></item>';
    expect((await importOne('feed.xml', rss(item))).id).toBe('https://a.example//12');
  });

  test('a feed in another encoding is read as it declares', async () => {
    const text = rss('<item><title>Caf\u00e9</title><guid>urn:1</guid><description>Fog.</description></item>').replace(
      'UTF-8',
      'ISO-8859-1',
    );
    const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
    expect((await importOne('feed.xml', bytes)).title).toBe('Café');
  });
});

describe('hostile feeds', () => {
  test('scripts, handlers and script addresses are gone from text, title, author and address', async () => {
    const evil = '&lt;script&gt;alert(1)&lt;/script&gt;';
    const { posts, issues } = await importTexts({
      'feed.xml': rss(
        `<item><title>Fog${evil} &lt;img src=x onerror=alert(1)&gt;</title><link>javascript:alert(1)</link><guid isPermaLink="true">javascript:alert(2)</guid><dc:creator>${evil}Tomasz</dc:creator><category>${evil}Tides</category><description>${evil}&lt;p onclick="alert(1)"&gt;Low &lt;a href="javascript:alert(1)"&gt;cloud&lt;/a&gt;&lt;/p&gt;&lt;iframe src="https://evil.example"&gt;&lt;/iframe&gt;</description></item>`,
        `<title>Slack${evil}water</title><link>javascript:alert(3)</link>`,
      ),
    });
    expect(issues).toEqual([]);
    expect(posts).toMatchObject([
      { url: null, authors: ['Tomasz'], tags: ['Tides'], source: 'Slackwater', text: 'Low cloud', links: [] },
    ]);
    expect(posts[0]?.title).toMatch(/^Fog/);
    expect(posts[0]?.title).not.toContain('script');
  });

  test.each([
    ['a bomb', '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>'],
    ['an outside file', '<!DOCTYPE foo [ <!ELEMENT foo ANY ><!ENTITY xxe SYSTEM "file:///etc/passwd" >]>'],
    ['a parameter entity', '<!doctype rss SYSTEM "x" [ %remote; ]>'],
    ['behind a comment', '<!-- hello --><!DOCTYPE x [\n<!entity a "b">\n]>'],
  ])('entities are refused before parsing: %s', async (_, doctype) => {
    const text = rss('<item><title>&lol2;</title></item>').replace(
      /^<\?xml.*?\?>\n/,
      `<?xml version="1.0"?>${doctype}`,
    );
    const { posts, issues } = await importTexts({ 'feed.xml': text });
    expect(posts).toEqual([]);
    expect(issues).toMatchObject([{ code: 'feed-entities', item: 'feed.xml' }]);
    expect(issues[0]?.message).toContain('feed.xml');
  });

  test('a document type without entities is fine', async () => {
    const doctype = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/rss.dtd">';
    const text = rss('<item><title>T</title><guid>urn:1</guid><description>Fog.</description></item>').replace(
      '<rss',
      `${doctype}<rss`,
    );
    expect((await importOne('feed.xml', text)).title).toBe('T');
  });

  test.each([
    ['feed.xml', '<!DOCTYPE html><html><body><h1>My RSS</h1></body></html>'],
    [
      'feed.rss',
      '\n\n<html lang="en"><head><link rel="alternate" type="application/rss+xml" href="/feed"></head></html>',
    ],
    ['page.rss', '<!-- a --><!doctype HTML>\n<p>Hello'],
  ])('a web page is told from a feed: %s', async (path, text) => {
    const { issues } = await importTexts({ [path]: text });
    expect(issues).toMatchObject([{ code: 'feed-is-html', item: path }]);
    expect(issues[0]?.message).toContain('/rss.xml');
  });

  test.each([
    ['cut off', rss('<item><title>T</title>').slice(0, -20)],
    ['nested without end', rss(`<item><title>T</title><other>${'<a>'.repeat(100_000)}</other></item>`)],
    ['empty', '<?xml version="1.0"?>'],
    ['no feed', '<?xml version="1.0"?><catalogue><book/></catalogue>'],
  ])('a feed that is %s is told of and no crash', async (_, text) => {
    const { issues } = await importTexts({ 'feed.xml': text });
    expect(issues.length).toBeGreaterThan(0);
    expect(issues[0]).toMatchObject({ code: expect.stringMatching(/^(?:format-broken|post-without-text)$/) as string });
    expect(issues[0]?.message).toContain('feed.xml');
  });

  test('an entry without end does not stop the others', async () => {
    const deep = `&lt;b&gt;`.repeat(5000);
    const { posts, issues } = await importTexts({
      'feed.xml': rss(
        `<item><title>Deep</title><guid>urn:1</guid><description>${deep}</description></item><item><title>Fine</title><guid>urn:2</guid><description>Fog.</description></item>`,
      ),
    });
    expect(posts.map((post) => post.title)).toEqual(['Fine']);
    expect(issues).toMatchObject([{ code: 'format-broken', item: 'feed.xml, entry 1 (“Deep”)' }]);
    expect(issues[0]?.message).toContain('feed.xml, entry 1');
  });
});
