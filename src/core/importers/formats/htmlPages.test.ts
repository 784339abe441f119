// Pages that exports write: which of an archive are posts, and what of a page is its post.
import { describe, expect, test } from 'vitest';
import { importOne, importTexts } from '../../../testing/importTexts.ts';

const PROSE = 'The tide table of the northern harbour is wrong again, and nobody at the pier can say since when. ';

describe('Medium', () => {
  const page = (title: string, body: string): string =>
    `<!DOCTYPE html><html><head><title>${title}</title></head><body><article class="h-entry"><header><h1 class="p-name">${title}</h1></header>` +
    `${body}</article></body></html>`;
  const story = (title: string, inner: string, footer = ''): string =>
    page(
      title,
      `<section data-field="subtitle" class="p-summary">A word on tides.</section><section data-field="body" class="e-content">${inner}</section>` +
        `<footer><p><a href="https://medium.com/@ishbel/a1" class="p-canonical">Canonical link</a></p>${footer}</footer>`,
    );
  const list = page('Claps', `<section class="e-content"><ul>${`<li>${PROSE}</li>`.repeat(4)}</ul></section>`);

  const others = [
    'README.html',
    'ips.html',
    'highlights/highlights-0001.html',
    'claps/claps-0001.html',
    'lists/Reading-list-1.html',
    'profile/about.html',
    'sessions/sessions-0001.html',
    'partner-program/posts-0001.html',
  ];
  const archive = (root: string, beside: string[]): Record<string, string> => ({
    [`${root}posts/2024-05-01_Tides-a1.html`]: story('Tides', `<p>${PROSE}</p>`),
    ...Object.fromEntries(beside.map((name) => [`${root}${name}`, list])),
  });

  test.each([['medium/'], ['a/medium-export-1f/']])('of an archive below %s only the posts', async (root) => {
    const { posts, skipped, issues } = await importTexts(archive(root, others));
    expect(issues).toEqual([]);
    expect(posts.map(({ title }) => title)).toEqual(['Tides']);
    expect(skipped).toHaveLength(others.length);
    expect(skipped.every(({ reason }) => reason === 'not-a-post')).toBe(true);
  });

  test.each(['README.html', 'profile/profile.html', 'claps/claps-0001.html', 'highlights/highlights-0002.html'])(
    '%s alone tells that it is one',
    async (mark) => {
      const { posts } = await importTexts(archive('medium/', [mark, 'lists/A-1.html']));
      expect(posts.map(({ title }) => title)).toEqual(['Tides']);
    },
  );

  test('a site with a folder of posts keeps its other pages', async () => {
    const { posts } = await importTexts({
      ...archive('site/', ['essays/tides.html', 'profile/index.html']),
      'other/README.html': list,
    });
    expect(posts).toHaveLength(4);
  });

  test('title and subtitle are not said again, tags of older exports are read', async () => {
    const post = await importOne(
      'a.html',
      story(
        'Tides',
        `<figure><figcaption>A boat.</figcaption></figure><h3 class="graf graf--h3 graf--title">Tides</h3><h4 class="graf graf--h4 graf--subtitle">A word on tides.</h4><p class="graf">${PROSE}</p>`,
        '<p class="p-tags">Tagged in <a class="p-tag" href="https://medium.com/tag/tides">Tides</a>, <a class="p-tag" href="/tag/sea">Sea</a></p>',
      ),
    );
    expect(post).toMatchObject({
      title: 'Tides',
      summary: 'A word on tides.',
      tags: ['Tides', 'Sea'],
      url: 'https://medium.com/@ishbel/a1',
      text: `A boat.\n\n${PROSE.trim()}`,
    });
  });

  test('a heading by the same class that says something else stays', async () => {
    const post = await importOne(
      'a.html',
      story('Tides', `<h4 class="graf--subtitle">Something else</h4><p>${PROSE}</p>`),
    );
    expect(post.text).toBe(`Something else\n\n${PROSE.trim()}`);
  });
});

describe('LinkedIn', () => {
  const article = (lines: string, body: string): string =>
    `<html><head><title>Tides</title><style></style></head><body><h1><a href="https://www.linkedin.com/pulse/tides-ishbel-rae-a1">Tides</a></h1>\n${lines}<div>${body}</div></body></html>`;
  const created = '<p class="created">Created on 2024-05-01 09:04</p>\n';
  const published = '<p class="published">Published on 2024-05-02 09:12</p>\n';

  test.each([
    ['short', 'The pier.'],
    ['long', PROSE.repeat(20).trim()],
  ])('a %s article has its address and date, and no line about them', async (_, words) => {
    const post = await importOne('Articles/tides.html', article(created + published, `<p>${words}</p>`));
    expect(post).toMatchObject({
      id: 'https://www.linkedin.com/pulse/tides-ishbel-rae-a1',
      title: 'Tides',
      url: 'https://www.linkedin.com/pulse/tides-ishbel-rae-a1',
      date: '2024-05-02T09:12:00',
      text: words,
    });
  });

  test('one that was never published is a draft', async () => {
    const files = { 'Articles/tides.html': article(created, `<p>${PROSE}</p>`) };
    const { posts, skipped } = await importTexts(files);
    expect(posts).toEqual([]);
    expect(skipped).toMatchObject([{ reason: 'draft' }]);
    expect((await importTexts(files, { include: ['draft'] })).posts).toMatchObject([
      { title: 'Tides', text: PROSE.trim() },
    ]);
  });

  test('a page of a site that links to an article of LinkedIn is its own', async () => {
    const post = await importOne(
      'a.html',
      `<html><body><h1>Tides</h1><p class="published">Words of the harbour, published by the pier.</p><p>${PROSE} <a href="https://www.linkedin.com/pulse/other">other</a></p></body></html>`,
    );
    expect(post.url).toBeNull();
    expect(post.text).toContain('published by the pier');
  });
});
