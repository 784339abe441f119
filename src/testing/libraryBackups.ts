// Libraries to back up and others to restore into. Import 'fake-indexeddb/auto' first.
import { deleteDB } from 'idb';
import { expect } from 'vitest';
import { draftId, type Draft } from '../core/draft.ts';
import type { LibraryApi } from '../core/libraryApi.ts';
import { postId } from '../core/post.ts';
import { fakeEmbedder } from './fakeEmbedder.ts';
import { fakeModel } from './fakeModel.ts';
import { blog, complete, statusWhen, useLibraries } from './libraryHarness.ts';

export const byTitle = { search: '', sort: 'title', descending: false } as const;

export const draft = (id: string, body: string, updatedAt: number): Draft => ({
  id: draftId(id),
  title: `Draft ${id}`,
  body,
  createdAt: 1,
  updatedAt,
});

export async function backUp(library: LibraryApi, vectors = true): Promise<Blob> {
  const { blob, bytes } = await library.writeBackup({ vectors, page: { amount: 'more' }, to: null });
  if (blob === null) throw new Error('no blob');
  expect(blob.size).toBe(bytes);
  return blob;
}

/** All that an author would miss. */
export async function everything(library: LibraryApi) {
  const list = await library.listPosts(byTitle);
  const posts = [];
  // Its language is found in the background, here as elsewhere.
  for (const { id } of list) posts.push({ ...(await library.getPost(id)), language: undefined });
  return { posts, drafts: await library.listDrafts(), places: list.map(({ words, passages }) => [words, passages]) };
}

let count = 0;

/** Call it once at the top of a test file. */
export function useBackups() {
  const libraries = useLibraries();
  const newName = (): string => `elsewhere-${count++}`;
  return {
    libraries,
    newName,
    /** Three posts, a draft and an ignored pair; everything embedded. */
    filled: async (): Promise<LibraryApi> => {
      const library = libraries.open(fakeModel(fakeEmbedder()));
      await library.importFiles([...blog], { source: 'blog' });
      await library.saveDraft(draft('d', 'Of tides.', 5));
      await library.ignoreCompeting([postId('x'), postId('y')], true);
      await statusWhen(library, complete);
      return library;
    },
    /** A library as on another machine: a database of its own. */
    elsewhere: async (
      work: (library: LibraryApi, embedded: () => number, database: string) => Promise<void>,
      embedder = fakeEmbedder(),
    ): Promise<void> => {
      const name = newName();
      const library = libraries.open(fakeModel(embedder), { name });
      await library.open();
      await work(library, () => embedder.embedded.queue.length, name);
      await libraries.close(library);
      await deleteDB(name);
    },
  };
}
