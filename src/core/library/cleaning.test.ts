// What a site repeats is embedded until it is known to be repeated, and then no more: cut again post by post, and only what changed embedded.
import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { fakeEmbedder } from '../../testing/fakeEmbedder.ts';
import { fakeModel } from '../../testing/fakeModel.ts';
import { complete, file, markdownPost, query, statusWhen, useLibraries } from '../../testing/libraryHarness.ts';
import type { ImportFile, LibraryApi } from '../libraryApi.ts';
import { openStore } from '../store/openStore.ts';

const libraries = useLibraries();

const FOOTER =
  'Our letter brings a story like this each second Friday, free of charge; write to the harbour master to have it.';
const CODE = '```js\nconst lamp = harbour.lamp();\nlamp.light({ when: "fog" });\n```';

const THINGS = ['ferry', 'bakery', 'pager', 'garden', 'library', 'bridge', 'market', 'tower', 'island', 'school'];
const DEEDS = ['waited', 'opened', 'rang', 'grew', 'moved', 'closed', 'burned', 'leaned', 'vanished', 'sang'];

/** Two paragraphs that no other post has, long enough for passages of their own. */
const ownText = (n: number): string => {
  const [thing, deed, other] = [THINGS[n % 10], DEEDS[n % 10], THINGS[(n + 3) % 10]];
  return [
    `The ${thing} ${deed} before the ${other} did. ${often(`Nobody asked the ${thing} why it ${deed} again`)}`,
    often(`Later the ${other} spoke of the ${thing} that ${deed}`),
  ].join('\n\n');
};

const often = (said: string): string => Array.from({ length: 14 }, (_, at) => `${said} on day ${at}.`).join(' ');

const post = (n: number, ...more: string[]): ImportFile =>
  file(
    `${THINGS[n % 10]}.md`,
    markdownPost(`The ${THINGS[n % 10]}`, [ownText(n), ...more].join('\n\n'), `2024-01-${10 + n}`),
  );

const add = (library: LibraryApi, ...files: ImportFile[]) => library.importFiles(files, { source: 'blog' });

async function passagesOf(library: LibraryApi, title: string): Promise<string[]> {
  const posts = await library.listPosts({ search: '', sort: 'date', descending: false });
  const id = posts.find((one) => one.title === title)?.id;
  const preview = id === undefined ? null : await library.previewPost(id);
  return (preview?.passages ?? []).map(({ text }) => text);
}

describe('what a source repeats', () => {
  it('leaves the passages once enough posts have it, and only passages that change are embedded', async () => {
    const embedder = fakeEmbedder();
    const library = libraries.open(fakeModel(embedder));
    for (let n = 0; n < 4; n++) {
      await add(library, post(n, FOOTER));
      await statusWhen(library, complete);
    }
    // Four posts say nothing yet of what is usual.
    expect(await passagesOf(library, 'The ferry')).toEqual(
      expect.arrayContaining([expect.stringContaining('letter brings')]),
    );
    embedder.embedded.queue.length = 0;
    for (let n = 4; n < 8; n++) {
      await add(library, post(n, FOOTER));
      await statusWhen(library, complete);
    }
    for (const thing of THINGS.slice(0, 8)) {
      const texts = await passagesOf(library, `The ${thing}`);
      expect(texts.join(' ')).toContain('Nobody asked');
      expect(texts.join(' ')).not.toContain('letter brings');
    }
    // First paragraphs stayed as they were, so none of the first four posts' was embedded again.
    const again = embedder.embedded.queue.filter((text) => /^The (?:ferry|bakery|pager|garden) /.test(text));
    expect(again).toEqual([]);
    expect(new Set(embedder.embedded.queue).size).toBe(embedder.embedded.queue.length);

    // Found by its words all the same.
    expect(await library.listPosts({ search: 'harbour master', sort: 'date', descending: true })).toHaveLength(8);
    expect((await library.suggest(query('Nobody asked the garden why it grew again'))).draft[0]?.title).toBe(
      'The garden',
    );
  });

  it('is told the same when the library is opened again, and nothing is embedded', async () => {
    const library = libraries.open(fakeModel(fakeEmbedder()));
    await add(library, ...Array.from({ length: 8 }, (_, n) => post(n, FOOTER, CODE)));
    const before = await statusWhen(library, complete);
    await libraries.close(library);
    const embedder = fakeEmbedder();
    const again = libraries.open(fakeModel(embedder));
    await again.open();
    const after = await statusWhen(again, complete);
    expect(after.vectors).toBe(before.vectors);
    expect(embedder.embedded.queue).toEqual([]);
  });

  it('goes on with posts to be cut again where it was stopped', async () => {
    const embedder = fakeEmbedder();
    const library = libraries.open(fakeModel(embedder));
    await add(library, post(0, FOOTER), post(1, FOOTER), post(2, FOOTER), post(3, FOOTER));
    await statusWhen(library, complete);
    // The fifth post tells; the model is gone before any of the four is read again.
    const model = fakeModel();
    await libraries.close(library);
    const second = libraries.open(model);
    await second.open();
    await add(second, post(4, FOOTER));
    await libraries.close(second);
    const third = libraries.open(fakeModel(embedder));
    await third.open();
    await statusWhen(third, complete);
    for (const thing of THINGS.slice(0, 5)) {
      expect((await passagesOf(third, `The ${thing}`)).join(' ')).not.toContain('letter brings');
    }
  });

  it('stays in posts of a source that has too few', async () => {
    const library = libraries.open(fakeModel(fakeEmbedder()));
    await add(library, ...Array.from({ length: 8 }, (_, n) => post(n, FOOTER)));
    await library.importFiles([post(8, FOOTER)], { source: 'letters' });
    await statusWhen(library, complete);
    expect((await passagesOf(library, 'The island')).join(' ')).toContain('letter brings');
    expect((await passagesOf(library, 'The ferry')).join(' ')).not.toContain('letter brings');
  });
});

describe('code', () => {
  it('is found by its words and is in no passage', async () => {
    const embedder = fakeEmbedder();
    const library = libraries.open(fakeModel(embedder));
    const { added } = await add(library, post(0, CODE));
    await statusWhen(library, complete);
    expect(embedder.embedded.queue.join(' ')).not.toContain('lamp');
    expect((await library.suggest(query('', 'harbour lamp light fog'))).draft[0]?.post).toBe(added[0]);
    const preview = await library.previewPost(added[0]!);
    expect(preview?.leftOut).toMatchObject([{ why: 'code', posts: 1 }]);
    expect(preview?.passages?.every((passage) => passage.embedded)).toBe(true);
  });

  it('is taken out of records of earlier versions, and nothing else of the library is cut again', async () => {
    const library = libraries.open(fakeModel(fakeEmbedder()));
    const { added } = await add(library, post(0, CODE), post(1));
    await statusWhen(library, complete);
    await libraries.close(library);
    // As they were, without a word of what is left out.
    const store = await openStore({ name: libraries.database() });
    await store.posts.each(async (posts) => {
      for (const { id, revision } of posts) {
        for (const { rule, ids, starts, ends, hashes } of await store.passages.of(id)) {
          const cut = Array.from(ids, (_, at) => {
            return { start: starts[at] ?? 0, end: ends[at] ?? 0, startS: null, hash: hashes[at] ?? 0 };
          });
          await store.passages.replace(id, revision, rule, cut);
        }
      }
    });
    await store.close();
    const embedder = fakeEmbedder();
    const again = libraries.open(fakeModel(embedder));
    await again.open();
    const status = await statusWhen(again, complete);
    await vi.waitFor(async () =>
      expect((await again.previewPost(added[0]!))?.leftOut).toMatchObject([{ why: 'code' }]),
    );
    expect(embedder.embedded.queue).toEqual([]);
    expect(status.vectors).toBe(status.passages);
    await libraries.close(again);
    const after = await openStore({ name: libraries.database() });
    const records = await Promise.all(added.map((id) => after.passages.of(id)));
    expect(records.flat().map(({ leftOut }) => leftOut !== undefined)).toEqual([true, false]);
    await after.close();
  });
});

it('tells what will be left out of a post that waits', async () => {
  const library = libraries.open(fakeModel());
  const { added } = await add(library, ...Array.from({ length: 6 }, (_, n) => post(n, FOOTER)));
  const preview = await library.previewPost(added[0]!);
  expect(preview).toMatchObject({ passages: null, leftOut: [{ why: 'repeated', posts: 6 }] });
  expect(await library.previewPost('gone' as (typeof added)[0])).toBeNull();
});
