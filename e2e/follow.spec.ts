// What an author does with feeds and folders that posts keep coming from.
import { startStaticHost } from '../scripts/staticHost.ts';
import { rssOf, sends, startFeedHost, type FeedHost } from '../src/testing/feedHost.ts';
import { follow as words } from '../src/ui/text/follow.ts';
import { startFeedSite, type FeedSite } from './support/feedServer.ts';
import { expect, Kindred, test, text } from './support/fixtures.ts';

const fog = { id: 'fog', title: 'Fog on the slip', text: 'Nobody saw the ferry until it had moored.' };
const salt = { id: 'salt', title: 'Salt in the sign', text: 'The sign at the pier was eaten by salt.' };
const dogs = { id: 'dogs', title: 'Dogs travel free', text: 'A dog needs no ticket, and no seat.' };
const DEMO = 104;

let host: FeedHost;
let site: FeedSite | null = null;
test.beforeEach(async () => {
  host = await startFeedHost();
  host.on('/feed.xml', sends(rssOf('Slackwater', [fog, salt])));
});
test.afterEach(async () => {
  await site?.close();
  site = null;
  await host.close();
});

const panel = (kindred: Kindred) => kindred.page.getByRole('region', { name: words.region });

async function openLibrary(kindred: Kindred, origin = ''): Promise<void> {
  await kindred.open(`${origin}/`);
  await expect(kindred.suggestions().first()).toBeVisible();
  await kindred.goTo('library');
  await expect(panel(kindred)).toBeVisible();
}

/** The list shows what fits, so what is looked for is searched for. */
async function expectListed(kindred: Kindred, title: string, listed = true): Promise<void> {
  await kindred.page.getByRole('searchbox', { name: text.library.list.search }).fill(title);
  await expect(kindred.grid.getByRole('row', { name: title })).toHaveCount(listed ? 1 : 0);
  await kindred.page.getByRole('searchbox', { name: text.library.list.search }).fill('');
}

async function followFeed(kindred: Kindred, address: string): Promise<void> {
  await panel(kindred).getByRole('button', { name: words.followFeed }).click();
  await panel(kindred).getByLabel(words.form.label).fill(address);
  await panel(kindred).getByRole('button', { name: words.form.follow, exact: true }).click();
}

test('a feed is followed, brings what is new, and goes with its posts and comes back', async ({ kindred }) => {
  site = await startFeedSite({ enabled: true });
  await openLibrary(kindred, site.origin);
  const { grid } = kindred;
  const asked: string[] = [];
  kindred.page.on('request', (request) => asked.push(request.url()));
  await followFeed(kindred, `${host.origin}/feed.xml`);
  const item = panel(kindred).getByRole('listitem').filter({ hasText: 'Slackwater' });
  await expect(item).toContainText(words.holds(2));
  await expect(grid).toHaveAttribute('aria-rowcount', String(DEMO + 3));

  host.on('/feed.xml', sends(rssOf('Slackwater', [dogs, fog, salt])));
  await panel(kindred).getByRole('button', { name: words.lookAll }).click();
  await expect(item).toContainText(words.holds(3));
  await expectListed(kindred, dogs.title);
  // A post that came by itself is suggested as any other.
  await kindred.goTo('write');
  await kindred.newDraft('Dogs', 'Does a dog need a ticket or a seat on the ferry?');
  await expect(kindred.suggestion(dogs.title)).toBeVisible();

  await kindred.page.reload();
  await kindred.goTo('library');
  await item.getByRole('button', { name: words.stop('Slackwater') }).click();
  await item.getByRole('button', { name: words.stopDelete(3) }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', String(DEMO + 1));
  await panel(kindred).getByRole('button', { name: words.undo }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', String(DEMO + 4));
  await expect(item).toContainText(words.holds(3));
  // The page asked its own server alone, and the host learned nothing of it.
  expect(asked.filter((url) => !url.startsWith(site?.origin ?? ''))).toEqual([]);
  for (const { headers } of host.asked) {
    expect(headers.cookie ?? headers.referer ?? headers.authorization ?? headers.origin).toBeUndefined();
    expect(headers['user-agent']).toContain('Kindred');
  }
});

test('of several tabs one asks, and each shows what is followed', async ({ kindred: one, context }) => {
  site = await startFeedSite({ enabled: true });
  await openLibrary(one, site.origin);
  await followFeed(one, `${host.origin}/feed.xml`);
  const item = (kindred: Kindred) => panel(kindred).getByRole('listitem').filter({ hasText: 'Slackwater' });
  await expect(item(one)).toContainText(words.holds(2));
  const two = new Kindred(await context.newPage());
  await openLibrary(two, site.origin);
  await expect(item(two)).toContainText(words.holds(2));
  host.on('/feed.xml', sends(rssOf('Slackwater', [dogs, fog, salt])));
  await item(two)
    .getByRole('button', { name: words.look('Slackwater') })
    .click();
  for (const tab of [one, two]) {
    await expect(item(tab)).toContainText(words.holds(3));
    await expect(tab.grid).toHaveAttribute('aria-rowcount', String(DEMO + 4));
  }
  expect(host.asked).toHaveLength(2);
});

test('what goes wrong is said beside the feed, and a list is chosen from', async ({ kindred }) => {
  site = await startFeedSite({ enabled: true });
  host.on('/page', sends('<!doctype html><title>No feed here</title><p>Words.', 'text/html'));
  host.on('/loop', (_, response) => void response.writeHead(302, { Location: 'http://10.0.0.1/' }).end());
  await openLibrary(kindred, site.origin);
  const opml = `<?xml version="1.0"?><opml version="2.0"><head><title>t</title></head><body>
    <outline text="Pages" title="A page" type="rss" xmlUrl="${host.origin}/page"/>
    <outline text="Private"><outline title="A way in" type="rss" xmlUrl="${host.origin}/loop"/></outline>
    <outline title="Somebody else’s" type="rss" xmlUrl="${host.origin}/other"/></body></opml>`;
  await panel(kindred).getByRole('button', { name: words.followFeed }).click();
  await panel(kindred)
    .getByTestId('choose-feed-list')
    .setInputFiles({ name: 'feeds.opml', mimeType: 'text/x-opml', buffer: Buffer.from(opml) });
  await panel(kindred).getByRole('checkbox', { name: 'A page' }).check();
  await panel(kindred).getByRole('checkbox', { name: 'A way in' }).check();
  await panel(kindred)
    .getByRole('button', { name: words.list.follow(2) })
    .click();
  await expect(panel(kindred).getByText(text.errors['feed-is-html'].what)).toBeVisible();
  await expect(panel(kindred).getByText(text.errors['feed-address'].what)).toBeVisible();
  expect(host.asked.map(({ path }) => path).sort()).toEqual(['/loop', '/page']);
  await followFeed(kindred, 'no address');
  await expect(panel(kindred).getByText(words.failed.feed)).toBeVisible();
});

test('a server that was not told to fetch feeds says how, and fetches none', async ({ kindred }) => {
  await openLibrary(kindred);
  await panel(kindred).getByRole('button', { name: words.followFeed }).click();
  await expect(panel(kindred).getByTestId('no-feed-server')).toContainText(words.form.server.off);
  const answer = await kindred.page.evaluate(async (address) => {
    const response = await fetch('/api/feeds', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ address, etag: null, modified: null }),
    });
    return [response.status, await response.text()] as const;
  }, `${host.origin}/feed.xml`);
  expect(answer[0]).toBe(403);
  expect(answer[1]).toContain('"off"');
  expect(host.asked).toEqual([]);
});

test('on a static host the view says why not, and takes the feed as a file', async ({ kindred }) => {
  const files = await startStaticHost({ folder: 'dist' });
  try {
    await openLibrary(kindred, files.origin);
    await panel(kindred).getByRole('button', { name: words.followFeed }).click();
    await expect(panel(kindred).getByTestId('no-feed-server')).toContainText(words.form.server.absent);
    await panel(kindred)
      .getByTestId('choose-saved-feed')
      .setInputFiles({
        name: 'feed.xml',
        mimeType: 'text/xml',
        buffer: Buffer.from(rssOf('Slackwater', [fog, salt])),
      });
    await expect(kindred.grid).toHaveAttribute('aria-rowcount', String(DEMO + 3));
  } finally {
    await files.stop();
  }
});

test('a watched folder brings in what another program writes, and takes out what it deletes', async ({ kindred }) => {
  const { page, grid } = kindred;
  // A picker is the browser's own window, which no test can press: the site's own files stand in for it, with real handles.
  await page.addInitScript(() => {
    const picker = async (): Promise<FileSystemDirectoryHandle> =>
      (await navigator.storage.getDirectory()).getDirectoryHandle('my-blog', { create: true });
    Object.assign(window, { showDirectoryPicker: picker });
  });
  const write = (name: string, content: string | null): Promise<void> =>
    page.evaluate(
      async ([file, body]) => {
        const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('my-blog', { create: true });
        if (body === null) {
          await folder.removeEntry(file);
          return;
        }
        const stream = await (await folder.getFileHandle(file, { create: true })).createWritable();
        await stream.write(body);
        await stream.close();
      },
      [name, content] as const,
    );
  await openLibrary(kindred);
  await write('fog.md', '# Fog on the slip\n\nNobody saw the ferry.');
  await write('salt.md', '# Salt in the sign\n\nIt eats the sign.');
  await panel(kindred).getByRole('button', { name: words.watchFolder }).click();
  const item = panel(kindred).getByRole('listitem').filter({ hasText: 'my-blog' });
  await expect(item).toContainText(words.holds(2));
  await expect(grid).toHaveAttribute('aria-rowcount', String(DEMO + 3));

  await page.reload();
  await kindred.goTo('library');
  await expect(item).toContainText(words.holds(2));
  await write('dogs.md', '# Dogs travel free\n\nA dog needs no ticket.');
  await item.getByRole('button', { name: words.look('my-blog') }).click();
  await expect(item).toContainText(words.holds(3));
  await expectListed(kindred, dogs.title);
  await write('salt.md', null);
  await item.getByRole('button', { name: words.look('my-blog') }).click();
  await expect(item).toContainText(words.deleted(1));
  await expectListed(kindred, salt.title, false);
  await item.getByRole('button', { name: words.restore }).click();
  await expectListed(kindred, salt.title);
});
