// The language of posts: as their source says it, else as the text shows it; told later for posts that nobody looked at.
import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { fakeEmbedder } from '../../testing/fakeEmbedder.ts';
import { fakeModel } from '../../testing/fakeModel.ts';
import { complete, file, query, statusWhen, useLibraries } from '../../testing/libraryHarness.ts';
import { anyPost, type LibraryApi } from '../libraryApi.ts';
import { openStore } from '../store/openStore.ts';

const libraries = useLibraries();

const GERMAN = 'Die Fähre wartet auf die Flut, und während sie wartet, bringt der Bäcker allen an Bord frisches Brot.';
const ENGLISH = 'The ferry waits for the tide, and while it waits the baker brings bread for everybody on board.';

const files = [
  file('faehre.md', `# Fähre\n\n${GERMAN}`),
  file('ferry.md', `# Ferry\n\n${ENGLISH}`),
  file('said.md', `---\ntitle: Said\nlang: pt-BR\n---\n\n${ENGLISH}`),
  file('short.md', '# Oslo\n\nBergen.'),
];

async function languagesOf(library: LibraryApi): Promise<Record<string, string | null | undefined>> {
  const posts = await library.listPosts({ search: '', sort: 'title', descending: false });
  return Object.fromEntries(posts.map(({ title, language }) => [title, language]));
}

describe('the language of posts', () => {
  it('is what the source says, or what the text shows, or is not known', async () => {
    const library = libraries.open(fakeModel(fakeEmbedder()));
    const { added } = await library.importFiles(files, { source: 'blog' });
    await vi.waitFor(async () =>
      expect(await languagesOf(library)).toEqual({ Fähre: 'de', Ferry: 'en', Oslo: null, Said: 'pt' }),
    );
    const shown = await Promise.all(added.map((id) => library.getPost(id)));
    expect(shown.map((post) => post?.language)).toEqual(['de', 'en', 'pt', undefined]);
    expect((await library.postFacets()).languages).toEqual(['de', 'en', 'pt']);
    // What it shows is no new content.
    expect(await library.importFiles(files, { source: 'blog' })).toMatchObject({ unchanged: 4 });
  });

  it('keeps posts of a language out of suggestions', async () => {
    const library = libraries.open(fakeModel(fakeEmbedder()));
    await library.importFiles(files, { source: 'blog' });
    await statusWhen(library, complete);
    await vi.waitFor(async () => expect((await library.postFacets()).languages).toContain('de'));
    const titles = async (only = anyPost) =>
      (await library.suggest(query('Fähre', GERMAN, { only }))).draft.map(({ title }) => title);
    expect(await titles()).toContain('Fähre');
    expect(await titles({ ...anyPost, except: [{ by: 'language', value: 'de' }] })).not.toContain('Fähre');
  });

  it('is found for posts of earlier versions, of which nothing else changes', async () => {
    const library = libraries.open(fakeModel(fakeEmbedder()));
    await library.importFiles(files, { source: 'blog' });
    await statusWhen(library, complete);
    await libraries.close(library);
    const store = await openStore({ name: libraries.database() });
    await store.posts.open({ onBlock: () => undefined, onDigest: () => undefined });
    await store.posts.each(async (posts) => {
      for (const stored of posts) delete stored.language;
      await store.posts.put(posts);
    });
    await store.close();
    const embedder = fakeEmbedder();
    const again = libraries.open(fakeModel(embedder));
    await again.open();
    await vi.waitFor(async () =>
      expect(await languagesOf(again)).toEqual({ Fähre: 'de', Ferry: 'en', Oslo: null, Said: 'pt' }),
    );
    await statusWhen(again, complete);
    expect(embedder.embedded.queue).toEqual([]);
    await libraries.close(again);
    const third = libraries.open(fakeModel());
    await third.open();
    expect(await languagesOf(third)).toEqual({ Fähre: 'de', Ferry: 'en', Oslo: null, Said: 'pt' });
  });
});
