// One form for all ways of writing an address.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress } from './address.ts';

describe('an address', () => {
  it.each([
    ['https://Example.org/Tides/index.html?a=1#b', { host: 'example.org', path: '/Tides' }],
    ['http://www.example.org/tides.md', { host: 'example.org', path: '/tides' }],
    ['https://example.org:8080/tides/', { host: 'example.org:8080', path: '/tides' }],
    ['https://example.org/a/../tides', { host: 'example.org', path: '/tides' }],
    ['https://example.org/%C3%A9t%C3%A9', { host: 'example.org', path: '/été' }],
    ['/tides/', { host: null, path: '/tides' }],
    ['https://www.youtube.com/watch?t=9&v=a-B_1#c', { host: 'youtube.com', path: '/watch?v=a-B_1' }],
    ['https://news.ycombinator.com/item?id=12', { host: 'news.ycombinator.com', path: '/item?id=12' }],
    ['https://example.org/%C3%A9?id=1&utm=2', { host: 'example.org', path: '/é?id=1' }],
    ['https://example.org/tides?utm_id=1#?v=2', { host: 'example.org', path: '/tides' }],
    ['https://example.org/', null],
    ['https://example.org?page=2', null],
    ['mailto:a@example.org', null],
    ['https://', null],
  ])('%s', (href, expected) => expect(parseAddress(href)).toEqual(expected));

  it.each([
    'https://youtu.be/a-B_1?t=9',
    'https://youtu.be/a-B_1/',
    'https://m.youtube.com/watch?v=a-B_1',
    'https://music.youtube.com/watch?v=a-B_1&list=x',
    'https://www.youtube.com/embed/a-B_1?start=9',
    'https://www.youtube-nocookie.com/embed/a-B_1',
    'https://youtube.com/shorts/a-B_1#c',
    'https://www.youtube.com/live/a-B_1?feature=share',
    'HTTPS://YOUTU.BE/a-B_1',
  ])('of a video of YouTube is that of its page: %s', (href) =>
    expect(parseAddress(href)).toEqual({ host: 'youtube.com', path: '/watch?v=a-B_1' }),
  );

  it('of a player of Vimeo is that of the video', () => {
    expect(parseAddress('https://player.vimeo.com/video/123?h=1#t=9s')).toEqual(parseAddress('https://vimeo.com/123'));
  });

  it.each([
    'https://youtube.com/@kindred/shorts',
    'https://example.org/youtu.be/a',
    'https://youtube.com/embed/a/b',
    'https://notyoutu.be/a',
  ])('of no video stays what it is: %s', (href) =>
    expect(parseAddress(href)).toEqual({
      host: new URL(href).host.replace(/^www\./, ''),
      path: new URL(href).pathname,
    }),
  );

  it('is read against the page it stands on', () => {
    expect(parseAddress('../b', 'https://example.org/2024/a/')).toEqual({ host: 'example.org', path: '/2024/b' });
    expect(parseAddress('b', '/2024/a')).toEqual({ host: null, path: '/2024/b' });
    expect(parseAddress('#part', '/2024/a')).toEqual({ host: null, path: '/2024/a' });
  });

  it('is the same read fast or by the parser', () => {
    const part = fc.constantFrom('tides', 'A-b_c', 'v1.2', 'index.html', 'x.md', '', '~me', '..', '.', '.git', 'a.b.');
    const address = fc.tuple(
      fc.constantFrom('http', 'https'),
      fc.constantFrom('example.org', 'www.a-b.example.org', 'www.org'),
      fc.array(part, { maxLength: 5 }),
      fc.constantFrom('', '/', '?a=/b', '#c', '/?x#y', '?v=1&id=2', '#?v=1'),
    );
    fc.assert(
      fc.property(address, ([scheme, host, parts, tail]) => {
        const rest = `//${host}${parts.map((one) => `/${one}`).join('')}${tail}`;
        // An upper-case scheme is left to the parser.
        expect(parseAddress(`${scheme}:${rest}`)).toEqual(parseAddress(`${scheme.toUpperCase()}:${rest}`));
      }),
    );
  });
});
