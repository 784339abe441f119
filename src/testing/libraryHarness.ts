// Libraries for tests: a fresh database each, a fake model, closed and deleted afterwards. Import 'fake-indexeddb/auto' first.
import { deleteDB } from 'idb';
import { afterEach, beforeEach, vi } from 'vitest';
import type { ImportFile, LibraryApi, LibraryStatus } from '../core/libraryApi.ts';
import type { DraftQuery } from '../core/draft.ts';
import { anyPost } from '../core/libraryApi.ts';
import { createLibrary } from '../core/library.ts';
import { openStore, type OpenStoreOptions } from '../core/store/openStore.ts';
import type { ModelSupply } from '../core/library/modelPort.ts';
import { fakeModel, fakeSupply, type FakeModel } from './fakeModel.ts';

export interface LibraryHarness {
  /** A library over the database of this test, with one model or several. */
  open(model?: FakeModel | ModelSupply, storeOptions?: OpenStoreOptions): LibraryApi;
  /** Name of the database of this test. */
  database(): string;
  /** Closes one, so that the next finds what it left. */
  close(library: LibraryApi): Promise<void>;
}

let count = 0;

/** Call it once at the top of a test file. */
export function useLibraries(): LibraryHarness {
  const opened = new Set<LibraryApi>();
  let name = '';
  beforeEach(() => {
    name = `library-${count++}`;
  });
  afterEach(async () => {
    await Promise.all([...opened].map((library) => library.close()));
    opened.clear();
    vi.unstubAllGlobals();
    await deleteDB(name);
  });
  return {
    database: () => name,
    open(model = fakeModel(), storeOptions = {}) {
      const database = name;
      const library = createLibrary({
        models: () => ('list' in model ? model : fakeSupply(() => model)),
        demoUrl: '/demo/demo.json',
        openStore: (options) => openStore({ name: database, ...options, ...storeOptions }),
      });
      opened.add(library);
      return library;
    },
    async close(library) {
      opened.delete(library);
      await library.close();
    },
  };
}

export const file = (path: string, text: string): ImportFile => ({ path, blob: new Blob([text]) });

/** A Markdown file's text. */
export const markdownPost = (title: string, body: string, date = '2024-01-01'): string =>
  `---\ntitle: ${title}\ndate: ${date}\n---\n\n${body}\n`;

const TIDES = 'The tide table of the harbour tells when the water is high enough over the slip for the ferry.';
const BREAD = 'Sourdough bread wants a hot oven, a heavy pot and a baker with patience for the dough.';
const PAGER = 'The pager woke the engineer at night, as the alarm of the harbour sign had no owner.';

/** Three posts: Tides, Bread and Pager, from the oldest to the newest. */
export const blog: readonly ImportFile[] = [
  file('tides.md', markdownPost('Tides', TIDES, '2023-01-01')),
  file('bread.md', markdownPost('Bread', BREAD, '2023-02-01')),
  file('pager.md', markdownPost('Pager', PAGER, '2023-03-01')),
];

export const manyPosts = (howMany: number): ImportFile[] =>
  Array.from({ length: howMany }, (_, n) => file(`p${n}.md`, markdownPost(`Post ${n}`, `Body of post number ${n}.`)));

export const query = (title: string, body = '', more: Partial<DraftQuery> = {}) => ({
  title,
  body,
  caret: null,
  ownPost: null,
  amount: 'usual' as const,
  only: anyPost,
  ...more,
});

/** The status as soon as it is as wanted. */
export function statusWhen(library: LibraryApi, wanted: (status: LibraryStatus) => boolean): Promise<LibraryStatus> {
  return vi.waitFor(
    async () => {
      const status = await library.status();
      if (!wanted(status)) throw new Error(`The library stands at ${JSON.stringify(status)}`);
      return status;
    },
    { timeout: 10_000, interval: 10 },
  );
}

/** Everything is embedded. */
export const complete = ({ model, queue, vectors, passages }: LibraryStatus): boolean =>
  model.state === 'ready' && queue.waiting === 0 && queue.state === 'idle' && vectors === passages;
