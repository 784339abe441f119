// Posts coming in, changing, leaving and coming back.
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { fakeEmbedder } from '../../testing/fakeEmbedder.ts';
import { fakeModel } from '../../testing/fakeModel.ts';
import {
  blog,
  complete,
  file,
  manyPosts,
  markdownPost,
  query,
  statusWhen,
  useLibraries,
} from '../../testing/libraryHarness.ts';

const libraries = useLibraries();

describe('posts of a library', () => {
  it('imports again without changing what did not change, and embeds only changed passages', async () => {
    const embedder = fakeEmbedder();
    const library = libraries.open(fakeModel(embedder));
    const paragraphs = (middle: string): string =>
      ['one', middle, 'three']
        .map((word) => `Paragraph ${word}: ${`${word} said at length `.repeat(30)}.`)
        .join('\n\n');
    await library.importFiles([...blog, file('long.md', markdownPost('Long', paragraphs('two')))], { source: 'blog' });
    await statusWhen(library, complete);
    embedder.embedded.queue.length = 0;

    const again = await library.importFiles([...blog, file('long.md', markdownPost('Long', paragraphs('another')))], {
      source: 'blog',
    });
    expect(again).toMatchObject({ added: [], changed: { length: 1 }, unchanged: 3 });
    const status = await statusWhen(library, complete);
    expect(embedder.embedded.queue.length).toBeGreaterThan(0);
    expect(embedder.embedded.queue.every((text) => text.includes('another'))).toBe(true);
    expect(status.posts).toBe(4);
    expect((await library.suggest(query('', 'another said at length'))).draft[0]?.title).toBe('Long');

    embedder.embedded.queue.length = 0;
    await library.undoImport(again.id);
    await statusWhen(library, complete);
    expect(embedder.embedded.queue).toEqual([]);
    expect((await library.getPost(again.changed[0]!))?.text).toContain('Paragraph two');
    expect((await library.suggest(query('', 'Paragraph two'))).basis).toBe('words-and-meaning');
  });

  it('takes posts out and brings them back with their vectors', async () => {
    const embedder = fakeEmbedder();
    const library = libraries.open(fakeModel(embedder));
    const { added } = await library.importFiles([...blog], { source: 'blog' });
    const before = await statusWhen(library, complete);
    embedder.embedded.queue.length = 0;

    const one = await library.removePosts([added[0]!]);
    expect(one.count).toBe(1);
    expect(
      (await library.suggest(query('Is the tide of the harbour high enough over the slip for the ferry?'))).draft.map(
        ({ title }) => title,
      ),
    ).not.toContain('Tides');
    const all = await library.clearPosts();
    expect(await library.status()).toMatchObject({ posts: 0, passages: 0, vectors: 0 });
    expect(
      (await library.suggest(query('Is the tide of the harbour high enough over the slip for the ferry?'))).draft,
    ).toEqual([]);

    await library.restorePosts(all.id);
    await library.restorePosts(one.id);
    const after = await statusWhen(library, complete);
    expect(after).toMatchObject({ posts: before.posts, vectors: before.vectors });
    expect(embedder.embedded.queue).toEqual([]);
    const answer = await library.suggest(query('Is the tide of the harbour high enough over the slip for the ferry?'));
    expect(answer.draft[0]?.title).toBe('Tides');
    expect(answer.draft[0]?.scores.cosine).not.toBeNull();
    // Asked again, as when the answer was lost, there is nothing left to do.
    await library.removePosts([added[0]!]);
    await library.restorePosts(one.id);
    expect((await library.status()).posts).toBe(before.posts - 1);
    await expect(library.restorePosts('unknown')).rejects.toMatchObject({ code: 'unexpected' });
  });

  it('takes an import back as a whole', async () => {
    const library = libraries.open(fakeModel(fakeEmbedder()));
    await library.importFiles(blog.slice(0, 1), { source: 'blog' });
    const report = await library.importFiles([...blog], { source: 'blog' });
    expect(report.added.length).toBe(2);
    await library.undoImport(report.id);
    const titles = (await library.listPosts({ search: '', sort: 'title', descending: false })).map(
      ({ title }) => title,
    );
    expect(titles).toEqual(['Tides']);
  });

  it('lists by search, in any order', async () => {
    const library = libraries.open();
    await library.importFiles([...blog], { source: 'blog' });
    const titles = async (search: string, sort: 'date' | 'title' = 'date', descending = true) =>
      (await library.listPosts({ search, sort, descending })).map(({ title }) => title);
    expect(await titles('')).toEqual(['Pager', 'Bread', 'Tides']);
    expect(await titles('', 'title', false)).toEqual(['Bread', 'Pager', 'Tides']);
    expect(await titles('HARBOUR sig')).toEqual(['Pager']);
    expect(await titles('harbour')).toEqual(['Pager', 'Tides']);
    const [first] = await library.listPosts({ search: 'pager', sort: 'date', descending: true });
    await library.removePosts([first!.id]);
    expect(await titles('harbour')).toEqual(['Tides']);
  });

  it('keeps two posts of one id apart from a lost one: the first stays, the second is named', async () => {
    const library = libraries.open();
    const jsonl = file(
      'posts.jsonl',
      ['One', 'Two'].map((title) => JSON.stringify({ id: 'x', title, text: `Text ${title}.` })).join('\n'),
    );
    const report = await library.importFiles([jsonl], { source: 'blog' });
    expect(report.added).toHaveLength(1);
    expect(report.issues).toMatchObject([{ code: 'post-id-twice' }]);
  });

  it('cancelled says what it stored, and keeps it', async () => {
    const library = libraries.open();
    const many = manyPosts(4_000);
    const report = await library.importFiles(many, {
      source: 'blog',
      onProgress: ({ postsFound }) => {
        if (postsFound > 60) void library.cancelImport();
      },
    });
    expect(report.cancelled).toBe(true);
    expect(report.added.length).toBeGreaterThan(0);
    expect(report.added.length).toBeLessThan(4_000);
    expect((await library.status()).posts).toBe(report.added.length);
  });

  it('aborted rejects with the reason, and keeps what was stored', async () => {
    const library = libraries.open();
    const controller = new AbortController();
    const many = manyPosts(4_000);
    const importing = library.importFiles(many, {
      source: 'blog',
      signal: controller.signal,
      onProgress: ({ postsFound }) => {
        if (postsFound > 60) controller.abort();
      },
    });
    await expect(importing).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('of a single post is embedded before the many that came first and are newer', async () => {
    const embedder = fakeEmbedder();
    const library = libraries.open(fakeModel(embedder));
    await library.open();
    let saved: Promise<unknown> | null = null;
    embedder.before = async (_texts, lane) => {
      if (lane === 'queue' && embedder.embedded.queue.length === 10) {
        saved ??= library.importFiles([file('one.md', markdownPost('One', 'A single gull.', '2001-01-01'))], {
          source: 'blog',
        });
        await saved;
      }
    };
    await library.importFiles(manyPosts(60), { source: 'blog' });
    await statusWhen(library, complete);
    const order = embedder.embedded.queue;
    const at = order.findIndex((text) => text.includes('A single gull'));
    expect(at).toBeGreaterThanOrEqual(10);
    expect(at).toBeLessThan(14);
    expect(order.length).toBeGreaterThan(60);
  });
});
