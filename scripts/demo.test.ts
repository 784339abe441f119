// Holds the demo to what it promises: it is our own writing, imported the way anybody's posts are.
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Post } from '../src/core/post.ts';
import { importAll } from '../src/testing/importTexts.ts';
import type { Imported } from '../src/testing/importTexts.ts';
import { packDemo } from './packDemo.ts';
import type { DemoPack } from './packDemo.ts';

let demo: DemoPack;
let imported: Imported;
let posts: Post[];

beforeAll(async () => {
  demo = await packDemo(join(import.meta.dirname, '../demo'));
  const files = demo.posts.map(({ path, text }) => ({ path, blob: new Blob([text]) }));
  imported = await importAll(files, { source: demo.name });
  posts = imported.posts;
});

const words = (text: string) => text.split(/\s+/).filter(Boolean).length;
const written = (post: Post) =>
  post.blocks
    .filter((block) => block.kind !== 'cue')
    .map((block) => post.text.slice(block.start, block.end))
    .join(' ');

describe('the demo', () => {
  test('imports without a word of complaint', () => {
    expect(imported.issues).toEqual([]);
    expect(imported.skipped).toEqual([]);
    expect(posts.length).toBeGreaterThanOrEqual(100);
  });

  test('has posts of 60 to 400 words, and some short notes', () => {
    const misfits = posts
      .filter((post) => post.kind === 'post')
      .filter((post) => words(written(post)) < 60 || words(written(post)) > 400);
    expect(misfits.map((post) => [post.title, words(written(post))])).toEqual([]);
    expect(posts.filter((post) => post.kind === 'note').length).toBeGreaterThanOrEqual(5);
  });

  test('gives every post a date, an author, tags and an address of its own', () => {
    for (const post of posts) {
      expect(post.date, post.title).toMatch(/^\d{4}-\d{2}-\d{2}/);
      expect(post.authors.length, post.title).toBeGreaterThan(0);
      expect(post.tags.length, post.title).toBeGreaterThan(0);
      expect(post.url, post.title).toMatch(/^\/posts\/[a-z0-9-]+\/$/);
    }
    expect(new Set(posts.map((post) => post.url)).size).toBe(posts.length);
  });

  test('dates posts as their files are named', () => {
    for (const post of posts) expect(post.id).toContain(`/${post.date?.slice(0, 10)}-`);
  });

  test('links only to posts that exist', () => {
    const addresses = new Set(posts.map((post) => post.url));
    const links = posts.flatMap((post) => post.links.map((link) => ({ from: post.title, href: link.href })));
    const broken = links.filter(({ href }) => href.startsWith('/') && !addresses.has(href));
    expect(broken).toEqual([]);
    expect(links.filter(({ href }) => addresses.has(href)).length).toBeGreaterThanOrEqual(50);
  });

  test('links only back in time', () => {
    const dates = new Map(posts.map((post) => [post.url, post.date ?? '']));
    const ahead = posts.flatMap((post) =>
      post.links
        .filter((link) => (dates.get(link.href) ?? '') > (post.date ?? ''))
        .map((link) => [post.title, link.href]),
    );
    expect(ahead).toEqual([]);
  });

  test('has three series of at least three posts', () => {
    const parts = new Map<string, number>();
    for (const { series } of posts) if (series !== null) parts.set(series, (parts.get(series) ?? 0) + 1);
    expect([...parts.keys()]).toHaveLength(3);
    expect(Math.min(...parts.values())).toBeGreaterThanOrEqual(3);
  });

  test('has eight videos whose cues are in order and end within the video', () => {
    const videos = posts.filter((post) => post.kind === 'video');
    expect(videos).toHaveLength(8);
    for (const video of videos) {
      const cues = video.blocks.filter((block) => block.kind === 'cue');
      expect(cues.length, video.title).toBeGreaterThan(5);
      let last = 0;
      for (const { startS = -1, endS = -1 } of cues) {
        expect(startS, video.title).toBeGreaterThanOrEqual(last);
        expect(endS, video.title).toBeGreaterThan(startS);
        last = startS;
      }
      expect(cues.at(-1)?.endS, video.title).toBeLessThanOrEqual(video.durationS ?? 0);
    }
  });

  test('has drafts to open', () => {
    expect(demo.drafts.length).toBeGreaterThanOrEqual(2);
    for (const draft of demo.drafts) {
      expect(draft.title).not.toBe('');
      expect(words(draft.body)).toBeGreaterThan(60);
    }
  });

  test('stays small and leaves no markup in its texts', () => {
    expect(brotliCompressSync(JSON.stringify(demo)).length).toBeLessThan(160_000);
    for (const post of posts) expect(post.text, post.title).not.toMatch(/\]\(|\*\*|<\/|\{\{/);
  });

  test('changes its hash with its content only', async () => {
    expect((await packDemo(join(import.meta.dirname, '../demo'))).hash).toBe(demo.hash);
    expect(demo.hash).toMatch(/^[0-9a-f]{64}$/);
  });
});
