import { describe, expect, test } from 'vitest';
import { importOne, importTexts } from '../../../testing/importTexts.ts';

const front = (yaml: string, body = 'Words.') => `---\n${yaml}\n---\n${body}`;

describe('front matter', () => {
  test('YAML gives the fields of the post', async () => {
    const post = await importOne(
      'blog/content/posts/fog.md',
      front(
        'title: "Fog &amp; <em>ferries</em>"\ndate: 2025-02-11 08:30:00 +0100\nauthors: [Tomasz Wilk, {name: Marit Solheim}]\ntags: [operations, Weather, weather]\ncategories: notes\nseries: Learning the rota\nsummary: "When *nobody* sees the [pier](/x)."',
        '# Fog and ferries\n\nNobody saw the pier.',
      ),
    );
    expect(post).toMatchObject({
      id: 'blog/blog/content/posts/fog.md',
      kind: 'post',
      title: 'Fog & ferries',
      date: '2025-02-11T08:30:00+01:00',
      url: '/posts/fog/',
      authors: ['Tomasz Wilk', 'Marit Solheim'],
      tags: ['operations', 'Weather', 'notes'],
      series: 'Learning the rota',
      summary: 'When nobody sees the pier.',
      source: 'blog',
      durationS: null,
    });
    expect(post.text).toBe('Fog and ferries\n\nNobody saw the pier.');
  });

  test('TOML gives them too, taxonomies of Zola and dates of TOML included', async () => {
    const post = await importOne(
      'fog.md',
      '+++\ntitle = "Fog"\ndate = 2025-02-11\n[taxonomies]\ntags = ["weather"]\n[extra]\nauthor = "Tomasz Wilk"\n+++\nWords.',
    );
    expect(post).toMatchObject({ title: 'Fog', date: '2025-02-11', tags: ['weather'], authors: ['Tomasz Wilk'] });
  });

  test('JSON gives them too', async () => {
    const post = await importOne('fog.md', '{\n  "title": "Fog }",\n  "date": "2025-02-11"\n}\n\nWords.');
    expect(post).toMatchObject({ title: 'Fog }', date: '2025-02-11', text: 'Words.' });
  });

  test('quoted values may run over lines without indentation, as site generators allow', async () => {
    const post = await importOne(
      'fog.md',
      front('title: Fog\nexcerpt: "It came\nin at seven\nand stayed."\ntags: [a]'),
    );
    expect(post).toMatchObject({ summary: 'It came in at seven and stayed.', tags: ['a'] });
  });

  test('blank lines before it and Windows line ends are fine', async () => {
    const post = await importOne('fog.md', '\r\n---\r\ntitle: Fog\r\n---\r\n\r\nOne\r\ntwo.\r\n\r\nThree.\r\n');
    expect(post).toMatchObject({ title: 'Fog', text: 'One two.\n\nThree.' });
  });

  test('a text that starts with a rule has none', async () => {
    expect((await importOne('fog.md', '---\n\nFog.\n')).text).toBe('Fog.');
    expect((await importOne('fog.md', '---\njust words\n---\n\nFog.\n')).text).toContain('Fog.');
  });

  test('keys that name parts of every object are only keys', async () => {
    const post = await importOne('fog.md', front('__proto__: {title: Evil}\nconstructor: x\ntoString: y'));
    expect(post.title).toBe('Fog');
    expect(({} as Record<string, unknown>)['title']).toBeUndefined();
  });

  test.each([
    ['---\ntitle: "Fog\ndate: 2025\n---\nWords.', /line [23]/],
    ['---\ntitle: Fog\n\ttags: [a\n---\nWords.', /line 3/],
    ['---\ntitle: Fog\n\nWords.', /no line of --- closes it/],
    ['+++\ntitle = Fog\n+++\nWords.', /not valid TOML.*line 2/],
    ['{ "title": "Fog"\n\nWords.', /never closed/],
    [
      `---\na: &a [x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c, *c, *c]\n---\n`,
      /alias/i,
    ],
    [`---\na: ${'['.repeat(100_000)}\n---\n`, /front matter/],
    [`---\na: ${'x'.repeat(300_000)}\n---\n`, /longer than 256 KB/],
  ])('broken front matter is told with its line: %#', async (text, message) => {
    const { posts, issues } = await importTexts({ 'fog.md': text });
    expect(posts).toEqual([]);
    expect(issues).toMatchObject([{ code: 'front-matter-broken', item: 'fog.md' }]);
    expect(issues[0]?.message).toMatch(message);
    expect(issues[0]?.message).toMatch(/fog\.md.*import the file again/);
  });
});

describe('title', () => {
  test('is the first heading where front matter has none, and is not repeated', async () => {
    expect(await importOne('fog.md', '# Fog at *seven*\n\nWords.')).toMatchObject({
      title: 'Fog at seven',
      text: 'Words.',
    });
  });

  test('that the first heading repeats leaves the text', async () => {
    const post = await importOne('fog.md', front('title: Fog, again', '# Fog again\n\nSee [it](/it).'));
    expect(post.text).toBe('See it.');
    expect(post.links).toEqual([{ start: 4, end: 6, href: '/it' }]);
  });

  test('is the name of the file at last', async () => {
    expect((await importOne('2025-02-11-fog_at-seven.md', 'Words.')).title).toBe('Fog at seven');
  });

  test('loses the marks of Markdown', async () => {
    const post = await importOne('a.md', front("title: 'On `toString`, **at last** and [here](/x), 2 * 3 * 4'"));
    expect(post.title).toBe('On toString, at last and here, 2 * 3 * 4');
  });

  test('keeps the elements that it is about', async () => {
    expect((await importOne('a.md', front('title: "Using <template> & <b>slots</b>"'))).title).toBe(
      'Using <template> & slots',
    );
  });
});

test('authors lose their accounts and the word before the last', async () => {
  const post = await importOne(
    'a.md',
    front("author: 'Marit Solheim ([@marit](https://a.example/m)), and Rafi Mendel'"),
  );
  expect(post.authors).toEqual(['Marit Solheim', 'Rafi Mendel']);
});

describe('address', () => {
  test.each([
    ['site/_posts/2014-03-12-coming-soon.md', '', '/2014/03/12/coming-soon/'],
    ['site/content/posts/fog.md', '', '/posts/fog/'],
    ['site/content/posts/fog/index.md', '', '/posts/fog/'],
    ['site/content/posts/2021-02-09-fog.md', '', '/posts/fog/'],
    ['site/src/blog/fog.md', '', '/blog/fog/'],
    ['posts/fog.md', '', '/posts/fog/'],
    ['posts/fog.md', 'slug: low-cloud', '/posts/low-cloud/'],
    ['posts/fog.md', 'url: /weather/fog.html', '/weather/fog.html'],
    ['posts/fog.md', 'permalink: /:year/:title/\ndate: 2025-02-11', '/2025/fog/'],
    ['posts/fog.md', 'permalink: "/w/{{ page.fileSlug }}/"', '/w/fog/'],
    ['posts/fog.md', 'permalink: false', '/posts/fog/'],
    ['posts/fog.md', 'permalink: "{{ something | else }}/"', '/posts/fog/'],
    ['posts/fog.md', 'url: https://a.example/fog', 'https://a.example/fog'],
    ['posts/fog.md', 'url: "javascript:alert(1)"', '/posts/fog/'],
  ])('%s with “%s” is at %s', async (path, yaml, url) => {
    expect((await importOne(path, front(`title: Fog\n${yaml}`))).url).toBe(url);
  });

  test.each([
    ['s/_config.yml', 'permalink: /blog/:year/:title/', 's/_posts/2014-03-12-fog.md', '/blog/2014/fog/'],
    [
      's/hugo.toml',
      '[permalinks]\nposts = "/:year/:month/:slug/"',
      's/content/posts/2014-03-12-fog.md',
      '/2014/03/fog/',
    ],
    ['s/config.yaml', 'permalinks:\n  page:\n    posts: /p/:slug/', 's/content/posts/fog.md', '/p/fog/'],
    [
      's/posts/posts.11tydata.js',
      "module.exports = { permalink: '/{{ page.date | toDatePath }}/{{ page.fileSlug }}/' }",
      's/posts/2014-03-12-fog.md',
      '/2014/03/12/fog/',
    ],
    ['s/posts/posts.json', '{\n "permalink": "/n/{{ page.fileSlug }}/"\n}', 's/posts/fog.md', '/n/fog/'],
    ['s/_config.yml', 'permalink: [broken', 's/_posts/2014-03-12-fog.md', '/2014/03/12/fog/'],
  ])('follows the site’s own %s', async (config, text, path, url) => {
    const { posts, issues } = await importTexts({ [path]: 'Words.', [config]: text });
    expect(posts.map((post) => post.url)).toEqual([url]);
    expect(issues).toEqual([]);
  });
});

describe('what is left out', () => {
  test('drafts are counted, not imported', async () => {
    const { posts, skipped, issues } = await importTexts({
      'a.md': front('draft: true'),
      'b.md': front('published: false'),
      'site/_drafts/c.md': 'Words.',
      'd.md': '+++\ndraft = true\n+++\nWords.',
    });
    expect(posts).toEqual([]);
    expect(issues).toEqual([]);
    expect(skipped.map((one) => one.reason)).toEqual(['draft', 'draft', 'draft', 'draft']);
  });

  test('a post without any words is told of, one with a summary is kept', async () => {
    const { posts, issues } = await importTexts({
      'a.md': front('title: A', '![](a.png)'),
      'b.md': front('title: B\nsummary: About b', ''),
    });
    expect(posts.map((post) => [post.title, post.text])).toEqual([['B', '']]);
    expect(issues).toMatchObject([{ code: 'post-without-text', item: 'a.md' }]);
  });
});

describe('video', () => {
  const cues = 'WEBVTT\n\n00:01.000 --> 00:03.000\nWelcome aboard.\n';

  test('a transcript that front matter names follows the text and is no post of its own', async () => {
    const { posts, issues } = await importTexts({
      'blog/posts/t/talk.vtt': cues,
      'blog/posts/talk.md': front(
        'title: Talk\nvideo: https://v.example/1\nduration: "6:55"\ntranscript: t/talk.vtt',
        'A talk.',
      ),
    });
    expect(issues).toEqual([]);
    expect(posts).toMatchObject([{ kind: 'video', title: 'Talk', durationS: 415, text: 'A talk.\n\nWelcome aboard.' }]);
    expect(posts[0]?.blocks[1]).toEqual({ kind: 'cue', start: 9, end: 24, startS: 1, endS: 3 });
  });

  test.each([
    [
      'plain text',
      'talk.txt',
      'Welcome aboard.\n\nThe tide turns at noon.',
      ['Welcome aboard.', 'The tide turns at noon.'],
    ],
    [
      'a page',
      'talk.html',
      '<html><head><title>T</title></head><body><main><p>Welcome <b>aboard</b>.</p><p>The tide turns at noon.</p></main></body></html>',
      ['Welcome aboard.', 'The tide turns at noon.'],
    ],
    [
      'a page with speakers',
      'talk.html',
      '<cite>Ishbel:</cite><p>Welcome aboard.</p><p>Mind the gap.</p>',
      ['Ishbel: Welcome aboard.', 'Mind the gap.'],
    ],
  ])('a transcript without times, as %s, gives paragraphs', async (_, name, transcript, paragraphs) => {
    const { posts, issues } = await importTexts({
      [`blog/posts/${name}`]: transcript,
      'blog/posts/talk.md': front(`title: Talk\ntranscript: ${name}`, 'A talk.'),
    });
    expect(issues).toEqual([]);
    expect(posts).toHaveLength(1);
    const [post] = posts;
    expect(post).toMatchObject({ kind: 'video', title: 'Talk' });
    expect(post?.blocks.map(({ kind, start, end }) => [kind, post.text.slice(start, end)])).toEqual(
      ['A talk.', ...paragraphs].map((words) => ['paragraph', words]),
    );
  });

  test('a transcript that stands in the front matter itself is what is said', async () => {
    const post = await importOne(
      'talk.md',
      front('title: Talk\ntranscript: |\n  Welcome aboard.\n\n  The tide turns at noon.', 'A talk.'),
    );
    expect(post).toMatchObject({ kind: 'video', text: 'A talk.\n\nWelcome aboard.\n\nThe tide turns at noon.' });
  });

  test('a transcript that is missing is told of, and the post comes in without it', async () => {
    const { posts, issues } = await importTexts({ 'talk.md': front('title: Talk\ntranscript: talk.vtt', 'A talk.') });
    expect(posts).toMatchObject([{ kind: 'video', text: 'A talk.' }]);
    expect(issues).toMatchObject([{ code: 'file-unreadable', item: 'talk.md' }]);
    expect(issues[0]?.message).toContain('talk.vtt');
  });

  test('a transcript on its own is a video', async () => {
    expect(await importOne('2024-03-12-pier-talk.vtt', cues)).toMatchObject({
      kind: 'video',
      title: 'Pier talk',
      date: '2024-03-12',
      durationS: 3,
    });
  });

  test('kinds are named by front matter', async () => {
    expect((await importOne('a.md', front('kind: note'))).kind).toBe('note');
    expect((await importOne('a.md', front('layout: video'))).kind).toBe('video');
  });
});
