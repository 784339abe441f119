// What the draft is answered with.
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { anyPost } from '../libraryApi.ts';
import { fakeEmbedder } from '../../testing/fakeEmbedder.ts';
import { fakeModel } from '../../testing/fakeModel.ts';
import { blog, complete, file, markdownPost, query, statusWhen, useLibraries } from '../../testing/libraryHarness.ts';

const libraries = useLibraries();

describe('suggestions of a library', () => {
  it('lets a newer question supersede an older one', async () => {
    const embedder = fakeEmbedder();
    const library = libraries.open(fakeModel(embedder));
    await library.importFiles([...blog], { source: 'blog' });
    await statusWhen(library, complete);
    let release = (): void => undefined;
    embedder.before = (_texts, lane) =>
      lane === 'draft' && embedder.embedded.draft.length === 0
        ? new Promise((resolve) => (release = resolve))
        : undefined;
    const older = library.suggest(query('', 'The tide over the slip'));
    await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve, 5));
    embedder.before = () => undefined;
    const newer = library.suggest(query('', 'A hot oven for bread'));
    release();
    await expect(older).rejects.toMatchObject({ name: 'AbortError' });
    expect((await newer).draft[0]?.title).toBe('Bread');
  });

  it('embeds only the passages of the draft that changed', async () => {
    const embedder = fakeEmbedder();
    const library = libraries.open(fakeModel(embedder));
    await library.importFiles([...blog], { source: 'blog' });
    await statusWhen(library, complete);
    const long = `The tide ${'rises over the slip '.repeat(40)}.`;
    await library.suggest(query('Title', `${long}\n\nFirst end.`));
    const first = embedder.embedded.draft.length;
    embedder.embedded.draft.length = 0;
    await library.suggest(query('Title', `${long}\n\nFirst end.`));
    expect(embedder.embedded.draft).toEqual([]);
    await library.suggest(query('Title', `${long}\n\nFirst end, changed.`));
    expect(embedder.embedded.draft.length).toBeLessThan(first);
    expect(embedder.embedded.draft.every((text) => text.includes('changed'))).toBe(true);
  });

  it('answers for the paragraph at the caret without repeating what the draft as a whole brought', async () => {
    const library = libraries.open();
    const others = Array.from({ length: 12 }, (_, n) =>
      file(`t${n}.md`, markdownPost(`Tide ${n}`, `Tide ${n} over the slip, ferry and harbour water.`)),
    );
    await library.importFiles([...blog, ...others], { source: 'blog' });
    const body = `${'Tide, slip, ferry, harbour and water. '.repeat(40)}\n\nA baker needs patience with sourdough bread.`;
    const answer = await library.suggest(query('Tide and harbour', body, { caret: body.length - 3 }));
    expect([...answer.draft, ...answer.paragraph].map(({ title }) => title)).toContain('Bread');
    expect(answer.paragraph.length).toBeGreaterThan(0);
    const shown = new Set(answer.draft.map(({ post: id }) => id));
    expect(answer.paragraph.some(({ post: id }) => shown.has(id))).toBe(false);
    expect((await library.suggest(query('Tide', 'Too short', { caret: 2 }))).paragraph).toEqual([]);
  });

  it("never suggests the draft's own saved post, and marks what the draft links to", async () => {
    const library = libraries.open();
    const tides = '---\ntitle: Tides\nurl: /tides/\n---\n\nThe tide table of the harbour and the slip.\n';
    const { added } = await library.importFiles([file('a.md', tides), ...blog.slice(1)], { source: 'blog' });
    const body = 'The tide table of the harbour, as [we said](/tides/).';
    const all = await library.suggest(query('', body));
    expect(all.draft[0]).toMatchObject({ title: 'Tides', linked: true });
    expect((await library.suggest(query('', 'The tide table of the harbour.'))).draft[0]?.linked).toBe(false);
    const own = await library.suggest(query('', body, { ownPost: added[0] ?? '' }));
    expect(own.draft.map(({ title }) => title)).not.toContain('Tides');
  });

  it('puts before its equals the post that others link to, and goes back when those leave', async () => {
    const library = libraries.open();
    const tide = 'The tide table of the harbour tells when the slip is under water.';
    const post = (name: string, date: string | null, body: string) =>
      file(
        `${name}.md`,
        `---\ntitle: ${name}\nurl: /${name}/\n${date === null ? '' : `date: ${date}\n`}---\n\n${body}\n`,
      );
    await library.importFiles([post('first', '2024-01-01', tide), post('hub', '2024-01-01', tide)], { source: 'blog' });
    const ask = async () =>
      (await library.suggest(query('', 'The tide table of the harbour.', { amount: 'more' }))).draft;
    expect((await ask()).map(({ title, linkedFrom }) => [title, linkedFrom])).toEqual([
      ['first', 0],
      ['hub', 0],
    ]);
    const linking = ['a', 'b', 'c'].map((name) => post(name, '2024-02-01', 'Bread, and [more](/hub/).'));
    const { added } = await library.importFiles(linking, { source: 'blog' });
    expect((await ask()).map(({ title, linkedFrom }) => [title, linkedFrom])).toEqual([
      ['hub', 3],
      ['first', 0],
    ]);
    await library.removePosts(added);
    expect((await ask())[0]?.title).toBe('first');
    // Without dates too.
    const undated = Array.from({ length: 9 }, (_, n) => post(`note${n}`, null, 'Bread.'));
    await library.importFiles([...undated, ...linking], { source: 'blog' });
    expect((await ask())[0]).toMatchObject({ title: 'hub', linkedFrom: 3 });
  });

  it('lets a series count once, its best part saying which others answer too', async () => {
    const library = libraries.open();
    const part = (name: string, more: string) =>
      file(
        `${name}.md`,
        `---\ntitle: Tide tables, ${name}\ndate: 2024-01-01\n---\n\nThe tide table of the harbour. ${more}\n`,
      );
    await library.importFiles(
      [...blog, part('part 1', 'It has a slip.'), part('part 2', 'High water.'), part('part 3', 'A wall and a quay.')],
      { source: 'blog' },
    );
    const body =
      'The tide table of the harbour tells of high water.\n\nWhere is the tide table of the harbour and its wall?';
    const asked = query('Tide tables', body, { amount: 'more', caret: body.length });
    const { draft, paragraph } = await library.suggest(asked);
    const parts = draft.filter(({ title }) => title.startsWith('Tide tables'));
    expect(parts).toHaveLength(1);
    const [best] = parts;
    expect(best?.title).toBe('Tide tables, part 2');
    expect(best?.series.map(({ title }) => title).sort()).toEqual(['Tide tables, part 1', 'Tide tables, part 3']);
    expect(draft.find(({ title }) => title === 'Tides')?.series).toEqual([]);
    // Nor do they come back for the paragraph.
    expect(paragraph.filter(({ title }) => title.startsWith('Tide tables'))).toEqual([]);
  });

  it('compares a very long draft by its title and what stands around the caret', async () => {
    const embedder = fakeEmbedder();
    const library = libraries.open(fakeModel(embedder));
    await library.importFiles([...blog], { source: 'blog' });
    await statusWhen(library, complete);
    const paragraph = (n: number): string => `Paragraph ${n} says ${`number ${n} `.repeat(50)}.`;
    const body = Array.from({ length: 300 }, (_, n) => paragraph(n)).join('\n\n');
    const caret = body.indexOf('Paragraph 150');
    const answer = await library.suggest(query('The title', body, { caret }));
    expect(answer.basis).toBe('words-and-meaning');
    const asked = embedder.embedded.draft;
    expect(asked.length).toBeLessThan(80);
    expect(asked).toContain('The title');
    expect(asked.some((text) => text.startsWith('Paragraph 150'))).toBe(true);
    expect(asked.some((text) => text.startsWith('Paragraph 10 '))).toBe(false);
  });

  it('says which part of the draft a passage matches, in the Markdown as typed', async () => {
    const library = libraries.open(fakeModel(fakeEmbedder()));
    await library.importFiles([...blog], { source: 'blog' });
    const tide = 'The *tide* rises over the slip, and the harbour water with it.';
    const body = `## On bread\n\n${'A baker needs patience with sourdough bread. '.repeat(40)}\n\n${tide}`;
    await statusWhen(library, complete);
    const { draft } = await library.suggest(query('A day', body));
    const found = draft.find(({ title }) => title === 'Tides')?.draftPassage;
    expect(body.slice(...(found ?? [0, 0]))).toContain(tide);
    expect(body.slice(...(found ?? [0, 0]))).not.toContain('On bread');
  });

  describe('of what was written already', () => {
    const pier =
      'The pier office counted 412 crossings in March, and 38 of them were called off for wind. Since the second week 17 signs show the next sailing, at 05:30 and again at 21:00. Effie kept the log on paper while Tomasz moved it into the new system. Skippers asked for a shorter form.';
    const dated = (name: string, title: string, body: string, date: string) =>
      file(`${name}.md`, markdownPost(title, body, date));

    it('says so, says which is older and what differs, and puts it first', async () => {
      const library = libraries.open();
      await library.importFiles([...blog, dated('pier', 'March at the pier', pier, '2023-04-01')], { source: 'blog' });
      const body = `${pier.replace('412', '415')} The bank lends us a quiet room on Monday.`;
      const [first, ...others] = (await library.suggest(query('Crossings', body))).draft;
      expect(first).toMatchObject({ title: 'March at the pier', duplicate: { older: 'post' } });
      expect(first?.duplicate?.differs.changed).toEqual([{ kind: 'number', here: '415', there: '412' }]);
      expect(first?.duplicate?.differs.added).toBeGreaterThan(0);
      expect(first?.duplicate?.differs.leftOut).toBeLessThan(0.2);
      expect(others.map(({ duplicate }) => duplicate)).toEqual(others.map(() => null));
    });

    it('names the draft as the older where the post is dated ahead, and none without a date', async () => {
      const library = libraries.open();
      await library.importFiles([dated('ahead', 'Ahead', pier, '2999-01-01')], { source: 'blog' });
      expect((await library.suggest(query('', pier))).draft[0]?.duplicate?.older).toBe('draft');
      await library.importFiles([file('ahead.md', `---\ntitle: Ahead\n---\n\n${pier}\n`)], { source: 'blog' });
      expect((await library.suggest(query('', pier))).draft[0]?.duplicate?.older).toBeNull();
    });

    it('is never the post that the draft is a new version of', async () => {
      const library = libraries.open();
      const { added } = await library.importFiles([dated('pier', 'March at the pier', pier, '2023-04-01')], {
        source: 'blog',
      });
      const own = await library.suggest(query('March at the pier', pier, { ownPost: added[0] ?? '' }));
      expect(own.draft).toEqual([]);
    });

    it('is not found in a paragraph, which may be said again', async () => {
      const library = libraries.open();
      await library.importFiles([...blog, dated('pier', 'March at the pier', pier, '2023-04-01')], { source: 'blog' });
      const long = 'Sourdough bread wants a hot oven and a baker. '.repeat(40);
      const { paragraph } = await library.suggest(query('Bread', `${long}\n\n${pier}`, { caret: long.length + 60 }));
      expect(paragraph.every(({ duplicate }) => duplicate === null)).toBe(true);
    });

    it('stands once for all its copies, which are named with it', async () => {
      const library = libraries.open();
      const copies = [
        dated('a', 'March at the pier', pier, '2023-04-01'),
        dated('b', 'From the newsletter', pier, '2023-05-01'),
        dated('c', 'On the noticeboard', pier.replace(/Skippers.*/, ''), '2023-06-01'),
      ];
      await library.importFiles([...blog, ...copies], { source: 'blog' });
      const { draft } = await library.suggest(
        query('', 'Crossings in March were counted at the pier office by Effie.'),
      );
      const shown = draft.filter(({ title }) => /pier|newsletter|noticeboard/i.test(title));
      expect(shown).toHaveLength(1);
      expect(shown[0]?.alike).toHaveLength(2);
    });
  });
});

describe('what an author wants to see', () => {
  const blogOf = () => [
    ...blog,
    file(
      'video.md',
      '---\ntitle: Tides, filmed\ntags: [sea]\ndate: 2025-01-01\n---\n\nThe tide table of the harbour and the slip.\n',
    ),
  ];
  const TIDE = ['Tides', 'The tide table of the harbour tells when the water is high enough over the slip.'] as const;

  it('is asked of all that is stored, or of some of it only', async () => {
    const library = libraries.open();
    await library.importFiles(blogOf(), { source: 'blog' });
    const ask = async (only: Partial<typeof anyPost>) => {
      const { draft } = await library.suggest(query(...TIDE, { only: { ...anyPost, ...only }, amount: 'more' }));
      return draft.map(({ title }) => title).sort();
    };
    expect(await ask({})).toEqual(['Tides', 'Tides, filmed']);
    expect(await ask({ tag: 'sea' })).toEqual(['Tides, filmed']);
    expect(await ask({ since: 2025 })).toEqual(['Tides, filmed']);
    expect(await ask({ source: 'elsewhere' })).toEqual([]);
    expect(await ask({ kind: 'video' })).toEqual([]);
    expect(await library.postFacets()).toMatchObject({ kinds: ['post'], sources: ['blog'], years: [2025, 2023] });
  });

  it('is fewer or more of the same, surest first, each as sure as is said', async () => {
    const library = libraries.open();
    await library.importFiles(blogOf(), { source: 'blog' });
    const ask = async (amount: 'fewer' | 'usual' | 'more') =>
      (
        await library.suggest(
          query('Tides', 'The harbour and its water, a pager, quarks, gluons, hadrons, leptons and muons.', { amount }),
        )
      ).draft;
    const [fewer, usual, more] = [await ask('fewer'), await ask('usual'), await ask('more')];
    expect(more.length).toBeGreaterThan(fewer.length);
    expect(usual.length).toBeGreaterThanOrEqual(fewer.length);
    expect(more.map(({ post }) => post)).toEqual(expect.arrayContaining(usual.map(({ post }) => post)));
    for (const { probability } of more) expect(probability > 0 && probability < 1).toBe(true);
  });

  it('is nothing when nothing is similar enough', async () => {
    const library = libraries.open(fakeModel(fakeEmbedder()));
    await library.importFiles(blogOf(), { source: 'blog' });
    await statusWhen(library, complete);
    const stranger = query(
      'Quarks',
      'A lattice of gluons was simulated on a cluster, the colour charge being confined.',
    );
    expect(await library.suggest(stranger)).toMatchObject({ draft: [], paragraph: [], basis: 'words-and-meaning' });
  });
});
