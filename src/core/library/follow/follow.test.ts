// Following within a whole library: over its storage, its queue and its backups.
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeEmbedder } from '../../../testing/fakeEmbedder.ts';
import { fakeModel } from '../../../testing/fakeModel.ts';
import { rssOf, type FeedItem } from '../../../testing/feedHost.ts';
import { backUp, useBackups } from '../../../testing/libraryBackups.ts';
import { complete, manyPosts, query, statusWhen } from '../../../testing/libraryHarness.ts';
import { FEED_REPLY_HEADER } from '../../followApi.ts';
import type { LibraryApi } from '../../libraryApi.ts';
import { postId } from '../../post.ts';
import { openDatabase } from '../../store/openDatabase.ts';

const { libraries, elsewhere } = useBackups();
const ADDRESS = 'https://blog.example/feed.xml';
const fog: FeedItem = { id: 'fog', title: 'Fog', text: 'Nobody saw the ferry in the fog.' };
const salt: FeedItem = { id: 'salt', title: 'Salt', text: 'The sign was eaten by salt.' };
let items: FeedItem[] = [];

beforeEach(() => {
  items = [fog, salt];
  vi.stubGlobal('fetch', (_url: string, { method = 'GET' }: RequestInit = {}) => {
    if (method === 'GET') return Promise.resolve(Response.json({ feeds: 'on' }));
    const reply = { kind: 'feed', type: 'text/xml', movedTo: null, etag: null, modified: null };
    const headers = { [FEED_REPLY_HEADER]: encodeURIComponent(JSON.stringify(reply)) };
    return Promise.resolve(new Response(rssOf('Slackwater', items), { headers }));
  });
});

async function subscribed(library: LibraryApi): Promise<void> {
  await library.followFeeds([ADDRESS]);
  await library.lookAt();
}
const titles = async (library: LibraryApi): Promise<string[]> =>
  (await library.listPosts({ search: '', sort: 'title', descending: false })).map(({ title }) => title);

describe('a feed that a library follows', () => {
  it('brings posts that are found by words and by meaning, and survives a reload', async () => {
    const library = libraries.open(fakeModel(fakeEmbedder()));
    const before = (await library.open()).followed;
    await subscribed(library);
    const status = await statusWhen(library, complete);
    expect(status.posts).toBe(2);
    expect(status.followed).toBeGreaterThan(before);
    const answer = await library.suggest(query('', 'Who saw the ferry in the fog?'));
    expect(answer.basis).toBe('words-and-meaning');
    expect(answer.draft[0]?.title).toBe('Fog');
    await libraries.close(library);

    const again = libraries.open(fakeModel(fakeEmbedder()));
    expect(await again.followed()).toMatchObject({
      whileOpen: true,
      feeds: [{ title: 'Slackwater', posts: 2, looking: false }],
    });
    await again.removePosts([postId('fog')]);
    items = [{ id: 'dogs', title: 'Dogs', text: 'A dog needs no ticket.' }, { ...fog, text: 'Told anew.' }, salt];
    await again.lookAt();
    expect(await titles(again)).toEqual(['Dogs', 'Salt']);
  });

  it('has a single new post embedded before all that wait', async () => {
    const embedder = fakeEmbedder();
    let hold: Promise<void> | null = null;
    let release = (): void => undefined;
    embedder.before = async () => {
      await hold;
    };
    const library = libraries.open(fakeModel(embedder));
    await library.open();
    await subscribed(library);
    await statusWhen(library, complete);
    hold = new Promise((resolve) => (release = resolve));
    await library.importFiles(manyPosts(60), { source: 'bulk' });
    items = [{ id: 'dogs', title: 'Dogs', text: 'A dog needs no ticket.' }, ...items];
    await library.lookAt();
    const { queue } = embedder.embedded;
    queue.length = 0;
    release();
    await statusWhen(library, complete);
    const dogs = queue.findIndex((text) => text.includes('ticket'));
    expect(dogs).toBeGreaterThanOrEqual(0);
    // The call that was under way is all that may come before it.
    expect(dogs).toBeLessThan(4);
    expect(queue.length).toBeGreaterThan(60);
  });

  it('notes what it brought in the transaction that stores it: whoever finds the posts finds the note', async () => {
    const library = libraries.open(fakeModel(fakeEmbedder()));
    await library.open();
    const looking = subscribed(library);
    const { database } = await openDatabase({ name: libraries.database() });
    for (let found = 0; found < items.length;) {
      const transaction = database.transaction(['posts', 'meta']);
      found = await transaction.objectStore('posts').count();
      const row = await transaction.objectStore('meta').get('followed feeds');
      if (found > 0) expect(row?.value).toMatchObject({ feeds: [{ brought: ['fog', 'salt'] }] });
    }
    database.close();
    await looking;
  });

  it('goes along in a backup, with what it brought', async () => {
    const library = libraries.open(fakeModel(fakeEmbedder()));
    await subscribed(library);
    await statusWhen(library, complete);
    const backup = await backUp(library);
    await elsewhere(async (other) => {
      await other.open();
      await other.followFeeds(['https://other.example/feed']);
      await other.restoreBackup(new File([backup], 'backup'), { mode: 'merge', vectors: true });
      const { feeds } = await other.followed();
      expect(feeds.map(({ address }) => address).sort()).toEqual([ADDRESS, 'https://other.example/feed']);
      const feed = feeds.find(({ address }) => address === ADDRESS)!;
      expect(feed.posts).toBe(2);
      const unfollowed = await other.unfollow(feed.id, { posts: 'delete' });
      expect(unfollowed?.deleted).toBe(2);
    });
  });

  it('reads the feeds that a list names', async () => {
    const library = libraries.open();
    const list = `<opml version="2.0"><body><outline text="Folder"><outline title="One" xmlUrl="https://one.example/feed"/></outline>
      <outline text="Two &amp; a half" xmlUrl="http://two.example/"/><outline text="Two" xmlUrl="http://two.example/"/><outline xmlUrl="javascript:alert(1)"/></body></opml>`;
    expect(await library.feedsListed(new Blob([list]))).toEqual([
      { address: 'https://one.example/feed', title: 'One' },
      { address: 'http://two.example/', title: 'Two & a half' },
    ]);
    await expect(library.feedsListed(new Blob(['<opml><body/></opml>']))).rejects.toMatchObject({ code: 'feed-list' });
    await expect(library.feedsListed(new Blob(['<opml><body>']))).rejects.toMatchObject({ code: 'format-broken' });
  });
});
