// One post in many places: found as it comes in, listed and suggested once, taken apart and remembered.
import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { fakeEmbedder } from '../../testing/fakeEmbedder.ts';
import { fakeModel } from '../../testing/fakeModel.ts';
import { byTitle } from '../../testing/libraryBackups.ts';
import { complete, file, query, statusWhen, useLibraries } from '../../testing/libraryHarness.ts';
import type { LibraryApi } from '../libraryApi.ts';
import { postId } from '../post.ts';

const libraries = useLibraries();

const TEXT = `We stopped estimating the work of a quarter in days. Every team now names the three outcomes that it would regret
missing, and the harbour crew reads them aloud on the first Monday. The pager rota is drawn around them, so nobody carries the
phone in the week of their own outcome. When the tide table changes, the outcomes stay and the dates move. After two quarters the
ferry has missed one sailing instead of nine, and the skippers say that the plan fits on the back of a ticket.`;

const line = (id: string, title: string, text: string, date: string, url: string): string =>
  JSON.stringify({ id, title, text, date, url });
const lines = (path: string, ...all: string[]) => file(path, all.join('\n'));

const blogPosts = lines(
  'blog.jsonl',
  line('plan', 'How we plan a quarter', TEXT, '2024-03-01', 'https://blog.example/plan'),
  line(
    'bread',
    'Sourdough',
    'Bread wants a hot oven, a heavy pot and patience.',
    '2024-03-02',
    'https://blog.example/bread',
  ),
);
const letter = lines(
  'letter.jsonl',
  line('7', 'Letter seven', TEXT, '2024-03-09', 'https://letter.example/7'),
  line(
    '8',
    'Letter eight',
    'The slip was repaired, and the gulls were not pleased.',
    '2024-03-16',
    'https://letter.example/8',
  ),
);

async function both(): Promise<LibraryApi> {
  const library = libraries.open(fakeModel(fakeEmbedder()));
  await library.importFiles([blogPosts], { source: 'Blog' });
  await library.importFiles([letter], { source: 'Letter' });
  await statusWhen(library, (status) => complete(status) && status.joined === 1);
  return library;
}

const titles = async (library: LibraryApi) => (await library.listPosts(byTitle)).map(({ title }) => title);
const asked = query(
  'How we plan a quarter',
  'The three outcomes that a team would regret missing, and the pager rota.',
);
const suggested = async (library: LibraryApi) =>
  (await library.suggest(asked)).draft.flatMap(({ title, alike }) => [title, ...alike.map((other) => other.title)]);

async function idOf(library: LibraryApi, title: string) {
  const found = (await library.listPosts(byTitle)).find((post) => post.title === title);
  return found?.id ?? postId('none');
}

describe('a post that comes in from another place', () => {
  it('is shown as one with the post that it is, with its address and why', async () => {
    const library = await both();
    expect(await titles(library)).toEqual(['How we plan a quarter', 'Letter eight', 'Sourdough']);
    const [plan] = await library.listPosts(byTitle);
    expect(plan).toMatchObject({ places: 1 });
    expect(await library.placesOf(await idOf(library, 'How we plan a quarter'))).toMatchObject([
      { url: 'https://letter.example/7', title: 'Letter seven', source: 'Letter', date: '2024-03-09', by: 'words' },
    ]);
    expect(await suggested(library)).toEqual(['How we plan a quarter']);
    expect((await library.findCompeting()).pairs).toEqual([]);
  });

  it('stays so over a reload, and when it comes in again', async () => {
    await libraries.close(await both());
    const library = libraries.open(fakeModel(fakeEmbedder()));
    expect((await library.open()).joined).toBe(1);
    expect(await library.importFiles([letter], { source: 'Letter' })).toMatchObject({ added: [], unchanged: 2 });
    expect(await titles(library)).toEqual(['How we plan a quarter', 'Letter eight', 'Sourdough']);
  });

  it('is a post of its own again when it is taken apart, for good, until that is undone', async () => {
    const library = await both();
    const plan = await idOf(library, 'How we plan a quarter');
    const [place] = await library.placesOf(plan);
    if (place === undefined) throw new Error('no place');
    await library.joinPlaces(plan, place.id, false);
    expect(await titles(library)).toContain('Letter seven');
    await libraries.close(library);
    const again = libraries.open(fakeModel(fakeEmbedder()));
    await again.removePosts([place.id]);
    await again.importFiles([letter], { source: 'Letter' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await titles(again)).toContain('Letter seven');
    await again.joinPlaces(plan, place.id, true);
    expect(await titles(again)).not.toContain('Letter seven');
  });

  it('takes its place when the post goes, and gives it up when that comes back', async () => {
    const library = await both();
    const removal = await library.removePosts([await idOf(library, 'How we plan a quarter')]);
    expect(await titles(library)).toEqual(['Letter eight', 'Letter seven', 'Sourdough']);
    await library.restorePosts(removal.id);
    expect(await titles(library)).toEqual(['How we plan a quarter', 'Letter eight', 'Sourdough']);
  });

  it('that is older stands for both', async () => {
    const library = libraries.open(fakeModel(fakeEmbedder()));
    await library.importFiles([letter], { source: 'Letter' });
    await library.importFiles([blogPosts], { source: 'Blog' });
    await vi.waitFor(async () =>
      expect(await titles(library)).toEqual(['How we plan a quarter', 'Letter eight', 'Sourdough']),
    );
  });

  it('of one source is left alone', async () => {
    const library = libraries.open(fakeModel(fakeEmbedder()));
    await library.importFiles([blogPosts], { source: 'Blog' });
    await library.importFiles([letter], { source: 'Blog' });
    await statusWhen(library, complete);
    expect(await titles(library)).toHaveLength(4);
  });

  it('goes with a backup, what was taken apart too', async () => {
    const library = await both();
    const { blob } = await library.writeBackup({ vectors: true, page: null, to: null });
    const other = libraries.open(fakeModel(fakeEmbedder()), { name: 'places-elsewhere' });
    await other.open();
    await other.restoreBackup(blob ?? new Blob(), { mode: 'merge', vectors: true });
    expect(await titles(other)).toEqual(['How we plan a quarter', 'Letter eight', 'Sourdough']);
    expect((await other.status()).joined).toBe(1);
  });
});
