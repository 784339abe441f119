// The demo: when it comes, and when it stays away.
import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { markdownPost, useLibraries } from '../../testing/libraryHarness.ts';

const libraries = useLibraries();

describe('the demo', () => {
  const demo = {
    name: 'Harbour',
    hash: 'h1',
    posts: [
      { path: 'tides.md', text: markdownPost('Tides', 'The tide table of the harbour.') },
      { path: 'bread.md', text: markdownPost('Bread', 'Sourdough bread.') },
    ],
    drafts: [
      { title: 'First', body: 'Of two.' },
      { title: 'Second', body: 'Of two.' },
    ],
  };
  const serve = (value: unknown, status = 200): void => {
    vi.stubGlobal('fetch', async () => new Response(JSON.stringify(value), { status }));
  };

  it('brings its posts and, at the first visit, its drafts, the first of them on top', async () => {
    serve(demo);
    const library = libraries.open();
    const report = await library.importDemo({ firstVisit: true });
    expect(report.added).toHaveLength(2);
    expect(report.added.every((id) => id.startsWith('demo:'))).toBe(true);
    expect((await library.listDrafts()).map(({ title }) => title)).toEqual(['First', 'Second']);
    const again = await library.importDemo({ firstVisit: true });
    expect(again).toMatchObject({ added: [], changed: [], unchanged: 2 });
  });

  it('brings the posts of a second file too, with one progress; says so where that one is missing', async () => {
    const rest = { posts: [{ path: 'ferry.md', text: markdownPost('Ferry', 'The ferry sails.') }] };
    const asked: string[] = [];
    let missing = true;
    vi.stubGlobal('fetch', async (url: string) => {
      asked.push(url);
      if (!url.endsWith('rest.json')) return new Response(JSON.stringify({ ...demo, more: 'rest.json' }));
      return new Response(JSON.stringify(rest), { status: missing ? 404 : 200 });
    });
    const library = libraries.open();
    const cut = await library.importDemo({ firstVisit: true });
    expect(cut.added).toHaveLength(2);
    expect(cut.issues[0]?.message).toMatch(/404.*Reload/);
    missing = false;
    const seen: [number, number][] = [];
    const whole = await library.importDemo({
      onProgress: ({ filesDone, filesTotal }) => void seen.push([filesDone, filesTotal]),
    });
    expect(whole).toMatchObject({ added: { length: 1 }, unchanged: 2, issues: [] });
    expect(asked).toContain('/demo/rest.json');
    expect(seen.at(-1)).toEqual([3, 3]);
  });

  it('stays away after the author took it out, until it is asked for; its drafts are not made again', async () => {
    serve(demo);
    const library = libraries.open();
    await library.importDemo({ firstVisit: true });
    for (const draft of await library.listDrafts()) await library.removeDraft(draft.id);
    await library.clearPosts();
    expect((await library.importDemo({ firstVisit: true })).added).toEqual([]);
    expect((await library.importDemo()).added).toHaveLength(2);
    expect(await library.listDrafts()).toEqual([]);
  });

  it('that the site does not serve gives an error that says what to do', async () => {
    serve({}, 404);
    await expect(libraries.open().importDemo()).rejects.toMatchObject({
      message: expect.stringMatching(/404.*Reload/) as string,
    });
    serve({ posts: 3 });
    await expect(libraries.open().importDemo()).rejects.toMatchObject({ code: 'unexpected' });
  });
});
