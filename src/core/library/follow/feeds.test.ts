// Subscribed feeds, the server played by the test.
import { beforeEach, describe, expect, it } from 'vitest';
import { rssOf, type FeedItem } from '../../../testing/feedHost.ts';
import { FollowWorld } from '../../../testing/followWorld.ts';
import { postId } from '../../post.ts';
import type { FetchedFeed } from './feedServer.ts';
import { feedAddress } from './feedAddress.ts';
import type { Follow } from './index.ts';
import { FEED_INTERVAL_MS, nextLook } from './whenToLook.ts';

const ADDRESS = 'https://blog.example/feed.xml';
const fog: FeedItem = { id: 'fog', title: 'Fog', text: 'Nobody saw the ferry.' };
const salt: FeedItem = { id: 'salt', title: 'Salt', text: 'It eats the sign.' };
const dogs: FeedItem = { id: 'dogs', title: 'Dogs', text: 'They travel free.' };

const answer = (items: readonly FeedItem[], more: object = {}): FetchedFeed => ({
  kind: 'feed',
  type: 'application/rss+xml',
  movedTo: null,
  etag: null,
  modified: null,
  body: new Blob([rssOf('Slackwater', items)]),
  ...more,
});

let world: FollowWorld;
let follow: Follow;
beforeEach(async () => {
  world = new FollowWorld();
  follow = await world.open();
});

const feeds = async () => (await follow.followed()).feeds;
const first = async () => (await feeds())[0]!;
async function subscribe(items: readonly FeedItem[], more: object = {}): Promise<void> {
  world.answers.set(ADDRESS, answer(items, more));
  await follow.followFeeds([ADDRESS]);
  await follow.lookAt();
}
async function publish(items: readonly FeedItem[], more: object = {}): Promise<void> {
  world.answers.set(ADDRESS, answer(items, more));
  await follow.lookAt();
}

describe('a subscribed feed', () => {
  it('brings its posts in, then what is new or changed, and knows after a reload what it had', async () => {
    await subscribe([fog, salt], { etag: '"1"', modified: 'Tue, 11 Feb 2025 08:30:00 GMT' });
    expect(world.titles()).toEqual(['Fog', 'Salt']);
    expect(await first()).toMatchObject({
      title: 'Slackwater',
      posts: 2,
      found: { added: 2, changed: 0 },
      problem: null,
    });

    follow = await world.open();
    expect(await first()).toMatchObject({ title: 'Slackwater', posts: 2, lookedAt: world.time });
    await publish([dogs, { ...fog, text: 'Nobody saw either ferry.' }, salt]);
    expect(world.questions.at(-1)).toEqual({
      address: ADDRESS,
      etag: '"1"',
      modified: 'Tue, 11 Feb 2025 08:30:00 GMT',
    });
    expect(world.titles()).toEqual(['Dogs', 'Fog', 'Salt']);
    expect(world.posts.get(postId('fog'))?.text).toBe('Nobody saw either ferry.');
    expect(await first()).toMatchObject({ posts: 3, found: { added: 1, changed: 1 } });
  });

  it('keeps its posts when it lists them no longer, and reads nothing when nothing has changed', async () => {
    await subscribe([fog, salt]);
    await publish([salt]);
    expect(world.titles()).toEqual(['Fog', 'Salt']);
    world.answers.set(ADDRESS, { kind: 'unchanged' });
    const before = world.arrivals.length;
    world.time += 5;
    await follow.lookAt();
    expect(world.arrivals.length).toBe(before);
    expect(await first()).toMatchObject({ posts: 2, lookedAt: world.time, problem: null });
  });

  it('does not bring back what the author has deleted, though the feed changes', async () => {
    await subscribe([fog, salt]);
    world.remove('Fog');
    await publish([fog, salt, dogs]);
    await publish([{ ...fog, text: 'Said anew.' }, salt, dogs]);
    follow = await world.open();
    await publish([{ ...fog, text: 'And once more.' }, salt, dogs]);
    expect(world.titles()).toEqual(['Dogs', 'Salt']);
    expect(await first()).toMatchObject({ posts: 2 });
  });

  it('brings again what could not be stored', async () => {
    world.full = true;
    await subscribe([fog, salt], { etag: '"1"' });
    expect(world.titles()).toEqual([]);
    expect((await first()).issues).toHaveLength(2);
    world.full = false;
    await follow.lookAt();
    expect(world.questions.at(-1)?.etag).toBeNull();
    expect(world.titles()).toEqual(['Fog', 'Salt']);
    expect(await first()).toMatchObject({ posts: 2, issues: [] });
  });

  it('leaves alone what came from elsewhere under the same id', async () => {
    const whole = { ...fog, text: 'The whole post, as the export of the blog has it.' };
    world.answers.set('https://export.example/', answer([whole]));
    await follow.followFeeds(['https://export.example/']);
    await follow.lookAt();
    await subscribe([fog, salt]);
    expect(world.posts.get(postId('fog'))?.text).toBe(whole.text);
    const other = (await feeds()).find(({ address }) => address === ADDRESS)!;
    expect(other.posts).toBe(1);
    await follow.unfollow(other.id, { posts: 'delete' });
    expect(world.titles()).toEqual(['Fog']);
  });

  it('is followed no longer with its posts or without, and again', async () => {
    await subscribe([fog, salt]);
    const kept = await follow.unfollow((await first()).id, { posts: 'keep' });
    expect(kept?.deleted).toBe(0);
    expect(await feeds()).toEqual([]);
    expect(world.titles()).toEqual(['Fog', 'Salt']);
    await follow.followAgain(kept!);
    expect(await first()).toMatchObject({ title: 'Slackwater', posts: 2 });

    const { id } = await first();
    const deleted = await follow.unfollow(id, { posts: 'delete', id: 'request' });
    expect(deleted?.deleted).toBe(2);
    expect(world.titles()).toEqual([]);
    // Sent again, as the tab that had it is gone.
    expect(await follow.unfollow(id, { posts: 'delete', id: 'request' })).toBeNull();
    await follow.followAgain(deleted!);
    await follow.followAgain(deleted!);
    expect(world.titles()).toEqual(['Fog', 'Salt']);
    expect(await feeds()).toHaveLength(1);
  });

  it('is found by the page of its blog, once, and goes where it has moved', async () => {
    world.answers.set('https://blog.example/', { kind: 'page', feeds: [ADDRESS] });
    world.answers.set(ADDRESS, answer([fog]));
    await follow.followFeeds(['blog.example']);
    await follow.lookAt();
    expect(await first()).toMatchObject({ address: ADDRESS, posts: 1 });
    await publish([fog], { movedTo: 'https://new.example/feed' });
    expect(await first()).toMatchObject({ address: 'https://new.example/feed', problem: null });
    // A page where the feed was is in its way, not its successor.
    world.answers.set('https://new.example/feed', { kind: 'page', feeds: ['https://parked.example/ads'] });
    await follow.lookAt();
    expect(await first()).toMatchObject({ address: 'https://new.example/feed', problem: { code: 'feed-is-html' } });
  });

  it('says what is wrong with what it sent', async () => {
    await subscribe([fog], {
      body: new Blob(['<!DOCTYPE r [<!ENTITY a "b">]><rss version="2.0"><channel><title>&a;</title></channel></rss>']),
      etag: '"broken"',
    });
    expect(await first()).toMatchObject({ problem: { code: 'feed-entities' }, posts: 0, lookedAt: null });
    await publish([fog]);
    expect(world.questions.at(-1)?.etag).toBeNull();
    expect(await first()).toMatchObject({ problem: null, posts: 1 });
  });

  it('is refused as a whole when one address is none, and is followed once', async () => {
    await expect(follow.followFeeds([ADDRESS, 'not an address'])).rejects.toMatchObject({ code: 'feed-address' });
    expect(await feeds()).toEqual([]);
    await subscribe([fog]);
    await follow.followFeeds([ADDRESS, 'blog.example/feed.xml', 'feed://blog.example/feed.xml#top']);
    expect(await feeds()).toHaveLength(1);
  });
});

describe('a feed that does not come', () => {
  it('is tried again later each time, never sooner than its host wishes, and as usual after it came', async () => {
    world.answers.set(ADDRESS, { refused: 'status', status: 404 });
    await follow.followFeeds([ADDRESS]);
    await follow.lookAt();
    const waits: number[] = [];
    for (let n = 0; n < 12; n++) {
      const { nextAt, problem } = await first();
      expect(problem).toMatchObject({ code: 'feed-unreachable' });
      expect(problem?.message).toContain(ADDRESS);
      waits.push((nextAt ?? 0) - world.time);
      await follow.lookAt();
    }
    expect(waits.slice(0, 4)).toEqual([1, 2, 4, 8].map((times) => times * 5 * 60_000));
    expect(waits.at(-1)).toBe(24 * 3_600_000);
    world.answers.set(ADDRESS, { refused: 'status', status: 429, retryAfterMs: 7_200_000 });
    follow = await world.open();
    world.answers.set('https://patient.example/', { refused: 'status', status: 429, retryAfterMs: 7_200_000 });
    await follow.followFeeds(['https://patient.example/']);
    await follow.lookAt();
    expect((await feeds())[1]!.nextAt).toBe(world.time + 7_200_000);
    await publish([fog]);
    expect((await first()).nextAt).toBe(world.time + FEED_INTERVAL_MS);
  });

  it.each(['off', 'absent', 'unreachable'] as const)('is not to blame when the server is %s', async (server) => {
    await subscribe([fog]);
    world.server = server;
    world.questions.length = 0;
    await follow.lookAt();
    expect(world.questions).toEqual([]);
    expect(await follow.followed()).toMatchObject({ server, feeds: [{ problem: { code: 'feed-server' }, posts: 1 }] });
    world.server = 'on';
    await follow.lookAt();
    expect((await first()).problem).toBeNull();
  });

  it('holds up no other', async () => {
    world.answers.set('https://slow.example/', { refused: 'too-slow' });
    world.answers.set(ADDRESS, answer([fog]));
    await follow.followFeeds(['https://slow.example/', ADDRESS]);
    await follow.lookAt();
    expect((await feeds()).map(({ problem }) => problem?.code)).toEqual(['feed-unreachable', undefined]);
    expect(world.titles()).toEqual(['Fog']);
  });
});

describe('looking by itself', () => {
  it('looks at what is due while it is open, unless the author wants it otherwise', async () => {
    await subscribe([fog]);
    world.answers.set(ADDRESS, answer([fog, salt]));
    world.pass(FEED_INTERVAL_MS - 1_000);
    await follow.followed();
    expect(world.questions).toHaveLength(1);
    world.pass(2_000);
    await expect.poll(() => world.titles()).toEqual(['Fog', 'Salt']);
    await expect.poll(async () => (await first()).looking).toBe(false);

    await follow.setWhileOpen(false);
    expect(await first()).toMatchObject({ nextAt: null });
    world.pass(3 * FEED_INTERVAL_MS);
    expect(world.questions).toHaveLength(2);
    follow = await world.open();
    expect((await follow.followed()).whileOpen).toBe(false);
    follow.start();
    world.pass(3 * FEED_INTERVAL_MS);
    expect(world.questions).toHaveLength(2);
  });

  it('begins after a reload with what is overdue, and stops when it is closed', async () => {
    await subscribe([fog]);
    await follow.close();
    world.time += 2 * FEED_INTERVAL_MS;
    world.answers.set(ADDRESS, answer([fog, salt]));
    follow = await world.open();
    follow.start();
    world.pass(1_000);
    await expect.poll(() => world.titles()).toEqual(['Fog', 'Salt']);
    await follow.close();
    world.pass(5 * FEED_INTERVAL_MS);
    expect(world.questions).toHaveLength(2);
  });

  it('spreads the times by a tenth', () => {
    const at = (random: number) => nextLook({ now: 0, failures: 0, retryAfterMs: null, random }) / FEED_INTERVAL_MS;
    expect([at(0), at(0.5), at(1)]).toEqual([0.9, 1, 1.1]);
  });
});

describe('addresses as authors give them', () => {
  it.each([
    ['blog.example', 'https://blog.example/'],
    [' http://blog.example/feed ', 'http://blog.example/feed'],
    ['feed:https://blog.example/a', 'https://blog.example/a'],
    ['feed://blog.example/a', 'https://blog.example/a'],
    ['https://blog.example/a#b', 'https://blog.example/a'],
  ])('%s', (given, address) => expect(feedAddress(given)).toBe(address));
  it.each(['', 'blog', 'my blog', 'javascript:alert(1)', 'file:///etc/passwd', 'mailto:me@blog.example', 'https://'])(
    '“%s” is none',
    (given) => expect(() => feedAddress(given)).toThrow(/no address/),
  );
});
