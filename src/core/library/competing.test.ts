// Which posts of a whole library say the same.
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { CompetingProgress } from '../libraryApi.ts';
import type { PostId } from '../post.ts';
import { fakeEmbedder } from '../../testing/fakeEmbedder.ts';
import { fakeModel } from '../../testing/fakeModel.ts';
import {
  blog,
  complete,
  file,
  manyPosts,
  markdownPost,
  statusWhen,
  useLibraries,
} from '../../testing/libraryHarness.ts';

const libraries = useLibraries();

const PIER =
  'The pier office counted 412 crossings in March, and 38 of them were called off for wind. Effie kept the log on paper while Tomasz moved it into the new system. Skippers asked for a shorter form, so that nobody types in the rain.';

const copies = [
  file('pier.md', markdownPost('March at the pier', PIER, '2023-04-01')),
  file('newsletter.md', markdownPost('From the newsletter', PIER, '2023-05-01')),
];

describe('competing posts', () => {
  it('finds the pairs that say the same, the newer post first, with what differs and what to do', async () => {
    const library = libraries.open();
    await library.importFiles([...blog, ...copies], { source: 'blog' });
    const { pairs, posts } = await library.findCompeting();
    expect(posts).toBe(5);
    expect(pairs).toHaveLength(1);
    expect(pairs[0]).toMatchObject({
      posts: [{ title: 'From the newsletter' }, { title: 'March at the pier' }],
      sameWords: 1,
      differs: { changed: [], added: 0, leftOut: 0 },
      advice: 'redirect',
      spare: 0,
      ignored: false,
    });
  });

  it('leaves alone what only fills in the same form', async () => {
    const library = libraries.open();
    const april = PIER.replace('412', '385').replace('38 of', '12 of').replace('March', 'April');
    await library.importFiles([copies[0]!, file('april.md', markdownPost('April at the pier', april, '2023-05-01'))], {
      source: 'blog',
    });
    expect((await library.findCompeting()).pairs).toEqual([]);
  });

  it('advises nothing where one post links to the other', async () => {
    const library = libraries.open();
    const original = `---\ntitle: March at the pier\ndate: 2023-04-01\nurl: /march/\n---\n\n${PIER}\n`;
    const linking = `---\ntitle: Again\ndate: 2023-05-01\nurl: /again/\n---\n\n${PIER}\n\nMore is [on the blog](/march/).\n`;
    await library.importFiles([file('a.md', original), file('b.md', linking)], { source: 'blog' });
    expect((await library.findCompeting()).pairs).toMatchObject([{ advice: 'ignore', spare: null }]);
  });

  it('compares by meaning too, once the posts have vectors', async () => {
    const library = libraries.open(fakeModel(fakeEmbedder()));
    // The same words with few runs of them in common: only the vectors tell that it is one message.
    const told = Array.from({ length: 60 }, (_, n) => `word${String.fromCharCode(97 + (n % 26), 97 + (n % 25))}`);
    const anew = [...told.slice(0, 10), ...told.slice(10).reverse()];
    await library.importFiles(
      [
        ...blog,
        file('told.md', markdownPost('Log', `${told.join(' ')}.`, '2023-05-01')),
        file('anew.md', markdownPost('Log', `${anew.join(' ')}.`, '2023-06-01')),
      ],
      { source: 'blog' },
    );
    const byWords = await library.findCompeting();
    await statusWhen(library, complete);
    const byMeaning = await library.findCompeting();
    expect([byWords.pairs.length, byMeaning.pairs.length]).toEqual([0, 1]);
  });

  it('remembers which pairs are ignored over a reload, in either order, and forgets it again', async () => {
    const library = libraries.open();
    await library.importFiles([...blog, ...copies], { source: 'blog' });
    const ids = (await library.findCompeting()).pairs[0]!.posts.map(({ id }) => id) as [PostId, PostId];
    await library.ignoreCompeting([ids[1], ids[0]], true);
    await libraries.close(library);
    const reopened = libraries.open();
    expect((await reopened.findCompeting()).pairs).toMatchObject([{ ignored: true }]);
    await reopened.ignoreCompeting(ids, false);
    expect((await reopened.findCompeting()).pairs).toMatchObject([{ ignored: false }]);
  });

  it('keeps both of two pairs ignored at once', async () => {
    const library = libraries.open();
    await Promise.all([
      library.ignoreCompeting(['a', 'b'] as unknown as [PostId, PostId], true),
      library.ignoreCompeting(['c', 'd'] as unknown as [PostId, PostId], true),
    ]);
    const third = file('third.md', markdownPost('On the noticeboard', PIER, '2023-06-01'));
    await library.importFiles([...copies, third], { source: 'blog' });
    const { pairs } = await library.findCompeting();
    expect(pairs).toHaveLength(3);
    await Promise.all(pairs.map(({ posts: [one, other] }) => library.ignoreCompeting([one.id, other.id], true)));
    expect((await library.findCompeting()).pairs.every(({ ignored }) => ignored)).toBe(true);
  });

  it('tells how far it is, from none to all', async () => {
    const library = libraries.open();
    await library.importFiles(manyPosts(30), { source: 'blog' });
    const told: CompetingProgress[] = [];
    await library.findCompeting({ onProgress: (progress) => told.push(progress) });
    expect(told[0]).toMatchObject({ postsDone: 0, postsTotal: 30 });
    expect(told.at(-1)).toMatchObject({ postsDone: 30, postsTotal: 30 });
  });

  it('stops when it is told to', async () => {
    const library = libraries.open();
    await library.importFiles(manyPosts(200), { source: 'blog' });
    const stop = new AbortController();
    const finding = library.findCompeting({ signal: stop.signal, onProgress: () => stop.abort() });
    await expect(finding).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('has nothing to say of an empty library', async () => {
    expect(await libraries.open().findCompeting()).toEqual({ pairs: [], posts: 0 });
  });
});
