// The language of posts as their sources say it, whatever the format.
import { describe, expect, it } from 'vitest';
import { importFiles } from './importFiles.ts';

async function languageIn(path: string, content: string): Promise<string | undefined> {
  for await (const event of importFiles([{ path, blob: new Blob([content]) }], { source: 'test' })) {
    if (event.kind === 'post') return event.post.language;
  }
  throw new Error(`${path} gave no post.`);
}

const words = 'The ferry waits for the tide at the slip, and the baker waits for the ferry. '.repeat(4);
const rss = (channel: string, item = ''): string =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>B</title><link>https://b.example/</link>
  <description>d</description>${channel}<item><title>A</title><guid>1</guid><description>${words}</description>${item}</item></channel></rss>`;

describe('the language that a source says', () => {
  it.each([
    ['front matter', 'a.md', `---\ntitle: A\nlang: pt-BR\n---\n\n${words}`, 'pt'],
    ['an RSS channel', 'rss.xml', rss('<language>de-at</language>'), 'de'],
    ['an RSS item', 'rss.xml', rss('<language>de</language>', '<dc:language>fr</dc:language>'), 'fr'],
    [
      'an Atom feed',
      'atom.xml',
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nl"><title>B</title><id>b</id><updated>2024-01-01T00:00:00Z</updated><entry><title>A</title><id>1</id><updated>2024-01-01T00:00:00Z</updated><content type="text">${words}</content></entry></feed>`,
      'nl',
    ],
    [
      'a JSON feed',
      'feed.json',
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'B',
        language: 'es',
        items: [{ id: '1', content_text: words }],
      }),
      'es',
    ],
    [
      'a page',
      'page.html',
      `<!doctype html><html lang="sv"><head><title>A</title></head><body><article><p>${words}</p></article></body></html>`,
      'sv',
    ],
    ['a line of JSON', 'posts.jsonl', JSON.stringify({ id: '1', title: 'A', text: words, language: 'ita' }), 'it'],
    ['front matter that says nothing usable', 'a.md', `---\ntitle: A\nlang: English\n---\n\n${words}`, undefined],
    ['a source that says none', 'rss.xml', rss(''), undefined],
  ])('is taken from %s', async (_, path, content, language) => {
    expect(await languageIn(path, content)).toBe(language);
  });
});
