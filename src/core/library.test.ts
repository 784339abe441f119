import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeEmbedder } from '../testing/fakeEmbedder.ts';
import { fakeModel } from '../testing/fakeModel.ts';
import { draftId } from './draft.ts';
import type { ImportFile, LibraryApi, LibraryStatus } from './libraryApi.ts';
import { createLibrary } from './library.ts';
import { openStore } from './store/openStore.ts';

let count = 0;
let name: string;
const open: LibraryApi[] = [];

beforeEach(() => {
  name = `library-${count++}`;
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await Promise.all(open.splice(0).map((library) => library.close()));
  await deleteDB(name);
});

function libraryWith(model = fakeModel(), storeOptions = {}): LibraryApi {
  const library = createLibrary({
    model,
    demoUrl: '/demo/demo.json',
    openStore: (options) => openStore({ name, ...options, ...storeOptions }),
  });
  open.push(library);
  return library;
}

async function closeLibrary(library: LibraryApi): Promise<void> {
  open.splice(open.indexOf(library), 1);
  await library.close();
}

const file = (path: string, text: string): ImportFile => ({ path, blob: new Blob([text]) });
const post = (title: string, body: string, date = '2024-01-01'): string =>
  `---\ntitle: ${title}\ndate: ${date}\n---\n\n${body}\n`;

const blog: ImportFile[] = [
  file(
    'tides.md',
    post(
      'Tides',
      'The tide table of the harbour tells when the water is high enough over the slip for the ferry.',
      '2023-01-01',
    ),
  ),
  file(
    'bread.md',
    post(
      'Bread',
      'Sourdough bread wants a hot oven, a heavy pot and a baker with patience for the dough.',
      '2023-02-01',
    ),
  ),
  file(
    'pager.md',
    post('Pager', 'The pager woke the engineer at night, as the alarm of the harbour sign had no owner.', '2023-03-01'),
  ),
];
const query = (title: string, body = '', more = {}) => ({ title, body, caret: null, ownPost: null, ...more });

async function settled(library: LibraryApi, until: (status: LibraryStatus) => boolean): Promise<LibraryStatus> {
  return vi.waitFor(async () => {
    const status = await library.status();
    if (!until(status)) throw new Error(JSON.stringify(status));
    return status;
  });
}
const complete = (status: LibraryStatus): boolean =>
  status.queue.waiting === 0 && status.queue.state === 'idle' && status.vectors === status.passages;

describe('a library', () => {
  it('imports, answers by words before the model is ready, then by meaning', async () => {
    const model = fakeModel();
    const library = libraryWith(model);
    await library.open();
    const report = await library.importFiles(blog, { source: 'blog' });
    expect(report).toMatchObject({ added: { length: 3 }, changed: [], unchanged: 0, issues: [], cancelled: false });

    const words = await library.suggest(query('When is the tide high over the slip?'));
    expect(words.basis).toBe('words');
    expect(words.draft[0]).toMatchObject({ title: 'Tides', scores: { cosine: null } });
    expect(words.draft[0]?.passage.text).toContain('tide table');
    expect((await library.status()).queue).toMatchObject({ state: 'paused', waiting: 3 });

    model.ready(fakeEmbedder());
    const status = await settled(library, complete);
    expect(status).toMatchObject({ posts: 3, embeddedThisSession: status.vectors });
    const meaning = await library.suggest(query('When is the tide high over the slip?'));
    expect(meaning.basis).toBe('words-and-meaning');
    expect(meaning.draft[0]).toMatchObject({ title: 'Tides' });
    expect(meaning.draft[0]?.scores.cosine).toBeGreaterThan(0.2);
  });

  it('reopened has everything, and embeds nothing again', async () => {
    const first = libraryWith(fakeModel(fakeEmbedder()));
    await first.importFiles(blog, { source: 'blog' });
    const before = await settled(first, complete);
    await closeLibrary(first);

    const embedder = fakeEmbedder();
    const second = libraryWith(fakeModel(embedder));
    const status = await settled(second, (now) => complete(now) && now.vectors === before.vectors);
    expect(status).toMatchObject({ posts: 3, embeddedThisSession: 0 });
    expect(embedder.embedded.queue).toEqual([]);
    expect((await second.suggest(query('harbour tide'))).basis).toBe('words-and-meaning');
    expect(embedder.embedded.queue).toEqual([]);
  });

  it('reopened in the middle of embedding goes on where it was', async () => {
    const many = Array.from({ length: 60 }, (_, n) => file(`p${n}.md`, post(`Post ${n}`, `Body of post number ${n}.`)));
    const stopping = fakeEmbedder();
    const first = libraryWith(fakeModel(stopping));
    await first.importFiles(many, { source: 'blog' });
    await settled(first, () => stopping.embedded.queue.length >= 20);
    await closeLibrary(first);
    const done = stopping.embedded.queue.length;

    const embedder = fakeEmbedder();
    const second = libraryWith(fakeModel(embedder));
    const status = await settled(second, (now) => complete(now) && now.vectors > 0);
    expect(status.vectors).toBe(done + embedder.embedded.queue.length);
    expect(new Set([...stopping.embedded.queue, ...embedder.embedded.queue]).size).toBe(status.vectors);
  });

  it('imports again without changing what did not change, and embeds only changed passages', async () => {
    const embedder = fakeEmbedder();
    const library = libraryWith(fakeModel(embedder));
    const paragraphs = (middle: string): string =>
      ['one', middle, 'three']
        .map((word) => `Paragraph ${word}: ${`${word} said at length `.repeat(30)}.`)
        .join('\n\n');
    await library.importFiles([...blog, file('long.md', post('Long', paragraphs('two')))], { source: 'blog' });
    await settled(library, complete);
    embedder.embedded.queue.length = 0;

    const again = await library.importFiles([...blog, file('long.md', post('Long', paragraphs('another')))], {
      source: 'blog',
    });
    expect(again).toMatchObject({ added: [], changed: { length: 1 }, unchanged: 3 });
    const status = await settled(library, complete);
    expect(embedder.embedded.queue.length).toBeGreaterThan(0);
    expect(embedder.embedded.queue.every((text) => text.includes('another'))).toBe(true);
    expect(status.posts).toBe(4);
    expect((await library.suggest(query('', 'another said at length'))).draft[0]?.title).toBe('Long');

    embedder.embedded.queue.length = 0;
    await library.undoImport(again.id);
    await settled(library, complete);
    expect(embedder.embedded.queue).toEqual([]);
    expect((await library.getPost(again.changed[0]!))?.text).toContain('Paragraph two');
    expect((await library.suggest(query('', 'Paragraph two'))).basis).toBe('words-and-meaning');
  });

  it('takes posts out and brings them back with their vectors', async () => {
    const embedder = fakeEmbedder();
    const library = libraryWith(fakeModel(embedder));
    const { added } = await library.importFiles(blog, { source: 'blog' });
    const before = await settled(library, complete);
    embedder.embedded.queue.length = 0;

    const one = await library.removePosts([added[0]!]);
    expect(one.count).toBe(1);
    expect((await library.suggest(query('tide slip ferry'))).draft.map(({ title }) => title)).not.toContain('Tides');
    const all = await library.clearPosts();
    expect(await library.status()).toMatchObject({ posts: 0, passages: 0, vectors: 0 });
    expect((await library.suggest(query('tide slip ferry'))).draft).toEqual([]);

    await library.restorePosts(all.id);
    await library.restorePosts(one.id);
    const after = await settled(library, complete);
    expect(after).toMatchObject({ posts: before.posts, vectors: before.vectors });
    expect(embedder.embedded.queue).toEqual([]);
    const answer = await library.suggest(query('tide slip ferry'));
    expect(answer.draft[0]?.title).toBe('Tides');
    expect(answer.draft[0]?.scores.cosine).not.toBeNull();
    await expect(library.restorePosts(one.id)).rejects.toMatchObject({ code: 'unexpected' });
  });

  it('takes an import back as a whole', async () => {
    const library = libraryWith(fakeModel(fakeEmbedder()));
    await library.importFiles(blog.slice(0, 1), { source: 'blog' });
    const report = await library.importFiles(blog, { source: 'blog' });
    expect(report.added.length).toBe(2);
    await library.undoImport(report.id);
    const titles = (await library.listPosts({ search: '', sort: 'title', descending: false })).map(
      ({ title }) => title,
    );
    expect(titles).toEqual(['Tides']);
  });

  it('lists by search, in any order', async () => {
    const library = libraryWith();
    await library.importFiles(blog, { source: 'blog' });
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

  it('lets a newer question supersede an older one', async () => {
    const embedder = fakeEmbedder();
    const library = libraryWith(fakeModel(embedder));
    await library.importFiles(blog, { source: 'blog' });
    await settled(library, complete);
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
    const library = libraryWith(fakeModel(embedder));
    await library.importFiles(blog, { source: 'blog' });
    await settled(library, complete);
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
    const library = libraryWith();
    const others = Array.from({ length: 12 }, (_, n) =>
      file(`t${n}.md`, post(`Tide ${n}`, `Tide ${n} over the slip, ferry and harbour water.`)),
    );
    await library.importFiles([...blog, ...others], { source: 'blog' });
    const body = `${'Tide, slip, ferry, harbour and water. '.repeat(5)}\n\nA baker needs patience with sourdough bread.`;
    const answer = await library.suggest(query('Tide and harbour', body, { caret: body.length - 3 }));
    expect([...answer.draft, ...answer.paragraph].map(({ title }) => title)).toContain('Bread');
    expect(answer.paragraph.length).toBeGreaterThan(0);
    const shown = new Set(answer.draft.map(({ post: id }) => id));
    expect(answer.paragraph.some(({ post: id }) => shown.has(id))).toBe(false);
    expect((await library.suggest(query('Tide', 'Too short', { caret: 2 }))).paragraph).toEqual([]);
  });

  it("never suggests the draft's own saved post, and marks what the draft links to", async () => {
    const library = libraryWith();
    const { added } = await library.importFiles(
      [
        file('a.md', '---\ntitle: Tides\nurl: /tides/\n---\n\nThe tide table of the harbour and the slip.\n'),
        ...blog.slice(1),
      ],
      { source: 'blog' },
    );
    const own = await library.suggest(query('The tide table of the harbour', '', { ownPost: added[0]! }));
    expect(own.draft.map(({ title }) => title)).not.toContain('Tides');
  });

  it('goes on by words when the model is lost, and by meaning when it is back', async () => {
    const model = fakeModel(fakeEmbedder());
    const library = libraryWith(model);
    await library.importFiles(blog, { source: 'blog' });
    await settled(library, complete);
    model.lose('The graphics device was lost.');
    expect((await library.suggest(query('tide'))).basis).toBe('words');
    await library.importFiles([file('new.md', post('New', 'A new post on the tide.'))], { source: 'blog' });
    expect((await library.status()).queue).toMatchObject({
      state: 'paused',
      reason: 'The graphics device was lost.',
      waiting: 1,
    });
    model.ready(fakeEmbedder());
    await settled(library, complete);
    expect((await library.suggest(query('tide'))).basis).toBe('words-and-meaning');
  });

  it('embeds everything anew for another space, never compares the old, and drops it once all is done', async () => {
    const first = libraryWith(fakeModel(fakeEmbedder()));
    await first.importFiles(blog, { source: 'blog' });
    const { vectors } = await settled(first, complete);
    await closeLibrary(first);
    const other = fakeEmbedder({ numeric: 'int8' });
    const second = libraryWith(fakeModel(other));
    const status = await settled(second, (now) => complete(now) && now.vectors === vectors);
    expect(status.embeddedThisSession).toBe(vectors);
    await closeLibrary(second);
    const again = fakeEmbedder();
    const third = libraryWith(fakeModel(again));
    await settled(third, (now) => complete(now) && now.vectors === vectors);
    expect(again.embedded.queue.length).toBe(vectors);
  });

  it('keeps two posts of one id apart from a lost one: the first stays, the second is named', async () => {
    const library = libraryWith();
    const jsonl = file(
      'posts.jsonl',
      ['One', 'Two'].map((title) => JSON.stringify({ id: 'x', title, text: `Text ${title}.` })).join('\n'),
    );
    const report = await library.importFiles([jsonl], { source: 'blog' });
    expect(report.added).toHaveLength(1);
    expect(report.issues).toMatchObject([{ code: 'post-id-twice' }]);
  });

  it('cancelled says what it stored, and keeps it', async () => {
    const library = libraryWith();
    const many = Array.from({ length: 400 }, (_, n) => file(`p${n}.md`, post(`Post ${n}`, `Body ${n}.`)));
    const report = await library.importFiles(many, {
      source: 'blog',
      onProgress: ({ postsFound }) => {
        if (postsFound > 60) void library.cancelImport();
      },
    });
    expect(report.cancelled).toBe(true);
    expect(report.added.length).toBeGreaterThan(0);
    expect(report.added.length).toBeLessThan(400);
    expect((await library.status()).posts).toBe(report.added.length);
  });

  it('aborted rejects with the reason, and keeps what was stored', async () => {
    const library = libraryWith();
    const controller = new AbortController();
    const many = Array.from({ length: 400 }, (_, n) => file(`p${n}.md`, post(`Post ${n}`, `Body ${n}.`)));
    const importing = library.importFiles(many, {
      source: 'blog',
      signal: controller.signal,
      onProgress: ({ postsFound }) => {
        if (postsFound > 60) controller.abort();
      },
    });
    await expect(importing).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('works without IndexedDB, in memory, and says so', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const library = libraryWith(fakeModel(fakeEmbedder()));
    const status = await library.open();
    expect(status.storage.kind).toBe('memory');
    expect(status.storage.reason).toMatch(/normal window/);
    await library.importFiles(blog, { source: 'blog' });
    await settled(library, complete);
    expect((await library.suggest(query('tide'))).draft[0]?.title).toBe('Tides');
  });

  it('keeps drafts', async () => {
    const first = libraryWith();
    await first.saveDraft({ id: draftId('d'), title: 'T', body: 'B', createdAt: 1, updatedAt: 2 });
    await closeLibrary(first);
    const second = libraryWith();
    expect(await second.listDrafts()).toEqual([{ id: 'd', title: 'T', body: 'B', createdAt: 1, updatedAt: 2 }]);
    await second.removeDraft(draftId('d'));
    expect(await second.listDrafts()).toEqual([]);
  });

  it('tells its watchers of changes until they have seen enough', async () => {
    const library = libraryWith(fakeModel(fakeEmbedder()));
    const seen: LibraryStatus[] = [];
    const stop = new AbortController();
    const watching = library.watchStatus((status) => void seen.push(status), { signal: stop.signal });
    await library.importFiles(blog, { source: 'blog' });
    await vi.waitFor(() => expect(seen.at(-1)).toMatchObject({ posts: 3, queue: { waiting: 0 } }));
    stop.abort();
    await watching;
    const { length } = seen;
    await library.clearPosts();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(seen.length).toBe(length);
  });

  it('refuses every call once it is closed', async () => {
    const library = libraryWith();
    await library.open();
    await closeLibrary(library);
    await expect(library.status()).rejects.toMatchObject({ code: 'disposed' });
  });
});

describe('the demo', () => {
  const demo = {
    name: 'Harbour',
    hash: 'h1',
    posts: [
      { path: 'tides.md', text: post('Tides', 'The tide table of the harbour.') },
      { path: 'bread.md', text: post('Bread', 'Sourdough bread.') },
    ],
    drafts: [
      { title: 'First', body: 'Of two.' },
      { title: 'Second', body: 'Of two.' },
    ],
  };
  const serve = (value: unknown, status = 200): void =>
    vi.stubGlobal('fetch', async () => new Response(JSON.stringify(value), { status }));

  it('brings its posts and, at the first visit, its drafts, the first of them on top', async () => {
    serve(demo);
    const library = libraryWith();
    const report = await library.importDemo({ firstVisit: true });
    expect(report.added).toHaveLength(2);
    expect(report.added.every((id) => id.startsWith('demo:'))).toBe(true);
    expect((await library.listDrafts()).map(({ title }) => title)).toEqual(['First', 'Second']);
    const again = await library.importDemo({ firstVisit: true });
    expect(again).toMatchObject({ added: [], changed: [], unchanged: 2 });
  });

  it('stays away after the author took it out, until it is asked for; its drafts are not made again', async () => {
    serve(demo);
    const library = libraryWith();
    await library.importDemo({ firstVisit: true });
    for (const draft of await library.listDrafts()) await library.removeDraft(draft.id);
    await library.clearPosts();
    expect((await library.importDemo({ firstVisit: true })).added).toEqual([]);
    expect((await library.importDemo()).added).toHaveLength(2);
    expect(await library.listDrafts()).toEqual([]);
  });

  it('that the site does not serve gives an error that says what to do', async () => {
    serve({}, 404);
    await expect(libraryWith().importDemo()).rejects.toMatchObject({
      message: expect.stringMatching(/404.*Reload/) as string,
    });
    serve({ posts: 3 });
    await expect(libraryWith().importDemo()).rejects.toMatchObject({ code: 'unexpected' });
  });
});
