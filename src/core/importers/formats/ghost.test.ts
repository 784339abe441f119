// What a site of Ghost keeps beside the words of a post: its own address, who may read, the table of descriptions.
import { expect, test } from 'vitest';
import { importTexts } from '../../../testing/importTexts.ts';
import type { ImportOptions } from '../index.ts';

type Row = Record<string, unknown>;

const post = (change: Row): Row => ({
  id: 'a1',
  uuid: 'u1',
  title: 'Seals',
  slug: 'seals',
  html: '<p>The seal came back.</p>',
  type: 'post',
  status: 'published',
  visibility: 'public',
  published_at: '2024-05-01T10:00:00.000Z',
  ...change,
});

const read = (posts: Row[], tables: Row = {}, options: Partial<ImportOptions> = {}) =>
  importTexts(
    {
      'ferry.json': JSON.stringify({
        db: [{ meta: { exported_on: 1, version: '5.82.0' }, data: { posts, ...tables } }],
      }),
    },
    options,
  );

test('the word for the site’s own address leaves its paths', async () => {
  const { posts } = await read([
    post({
      html: '<p>See <a href="__GHOST_URL__/tides/">tides</a>, <a href="__GHOST_URL__">home</a> and <a href="https://b.example/__x">b</a>.</p>',
      custom_excerpt: 'More at __GHOST_URL__/tides/',
      canonical_url: '__GHOST_URL__/the-seals/',
    }),
    post({ uuid: 'u2', html: null, plaintext: 'Read __GHOST_URL__/tides/ first.' }),
    post({ uuid: 'u3', html: null, markdown: 'Read [tides](__GHOST_URL__/tides/) first.' }),
  ]);
  expect(posts[0]).toMatchObject({ url: '/the-seals/', summary: 'More at /tides/' });
  expect(posts.map(({ links }) => links.map(({ href }) => href))).toEqual([
    ['/tides/', '/', 'https://b.example/__x'],
    [],
    ['/tides/'],
  ]);
  expect(posts[1]?.text).toBe('Read /tides/ first.');
});

test('an address that cannot be kept gives way to the post’s own', async () => {
  const { posts } = await read([
    post({ canonical_url: 'javascript:alert(1)' }),
    post({ uuid: 'u2', slug: 'b', canonical_url: 'https://first.example/b/' }),
  ]);
  expect(posts.map(({ url }) => url)).toEqual(['/seals/', 'https://first.example/b/']);
});

test('the description is found in the table that has it, or on the post as older exports write it', async () => {
  const meta = [{ id: 'm1', post_id: 'a1', meta_title: null, meta_description: 'About seals.', email_only: 0 }];
  const { posts } = await read(
    [
      post({}),
      post({ id: 'a2', uuid: 'u2', meta_description: 'Of the post.' }),
      post({ id: 'a3', uuid: 'u3' }),
      post({ id: 'a1', uuid: 'u4', custom_excerpt: 'By hand.' }),
    ],
    { posts_meta: meta },
  );
  expect(posts.map(({ summary }) => summary)).toEqual(['About seals.', 'Of the post.', '', 'By hand.']);
});

test('what only members may read, and what went out by e-mail alone, is private', async () => {
  const rows = [
    post({}),
    ...['members', 'paid', 'tiers', 'filter'].map((visibility) => post({ uuid: visibility, visibility })),
    post({ uuid: 'sent', status: 'sent' }),
    post({ id: 'mail', uuid: 'mail' }),
    post({ uuid: 'old', visibility: null }),
  ];
  const tables = { posts_meta: [{ post_id: 'mail', email_only: 1 }] };
  const without = await read(rows, tables);
  expect(without.posts.map(({ id }) => id)).toEqual(['blog/u1', 'blog/old']);
  expect(without.skipped.map(({ reason }) => reason)).toEqual(Array.from({ length: 6 }, () => 'private'));
  const all = await read(rows, tables, { include: ['private'] });
  expect(all.posts).toHaveLength(8);
  // Of an e-mail there is no page.
  expect(all.posts.filter(({ url }) => url === null).map(({ id }) => id)).toEqual(['blog/sent', 'blog/mail']);
});
