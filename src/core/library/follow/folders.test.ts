// Watched folders, with folders that a test changes as another program would.
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeFolder, FollowWorld } from '../../../testing/followWorld.ts';
import type { Follow } from './index.ts';

const page = (title: string, text = `About ${title}.`): string =>
  `---\ntitle: ${title}\ndate: 2024-05-06\n---\n\n${text}\n`;

let world: FollowWorld;
let folder: FakeFolder;
let follow: Follow;
beforeEach(async () => {
  world = new FollowWorld();
  folder = new FakeFolder('blog');
  follow = await world.open();
});

const folders = async () => (await follow.followed()).folders;
const first = async () => (await folders())[0]!;
async function look(): Promise<void> {
  world.time += 10_000;
  await follow.lookAt();
}
async function watch(howMany: number): Promise<void> {
  for (let n = 0; n < howMany; n++) folder.write(`posts/${n}.md`, page(`Post ${n}`));
  await follow.followFolder(folder.handle);
  await follow.lookAt();
}

describe('a watched folder', () => {
  it('brings its posts in as an import of the folder would, and then only what is new or changed', async () => {
    folder.write('node_modules/x/readme.md', page('Installed'));
    folder.write('.obsidian/note.md', page('Hidden'));
    folder.write('export.zip', 'PK');
    await watch(3);
    expect(world.titles()).toEqual(['Post 0', 'Post 1', 'Post 2']);
    expect([...world.posts.keys()]).toContain('blog/blog/posts/0.md');
    expect(await first()).toMatchObject({
      name: 'blog',
      files: 3,
      posts: 3,
      allowed: true,
      found: { added: 3, changed: 0 },
    });

    world.arrivals.length = 0;
    await look();
    expect(world.arrivals).toEqual([]);

    folder.write('posts/1.md', page('Post 1', 'Told anew.'), 2);
    folder.write('posts/3.md', page('Post 3'), 2);
    await look();
    expect(world.arrivals).toMatchObject([
      { added: ['blog/blog/posts/3.md'], changed: ['blog/blog/posts/1.md'], unchanged: 0 },
    ]);
    expect(await first()).toMatchObject({ posts: 4, found: { added: 1, changed: 1 } });
  });

  it('knows after a reload what it has read, and opens a file that was only touched once at most', async () => {
    await watch(2);
    follow = await world.open();
    world.arrivals.length = 0;
    await look();
    expect(world.arrivals).toEqual([]);
    folder.write('posts/0.md', page('Post 0'), 2);
    await look();
    expect(world.arrivals).toMatchObject([{ added: [], changed: [], unchanged: 1 }]);
    folder.write('posts/0.md', page('Post 0'), 3);
    await look();
    expect(world.arrivals).toHaveLength(1);
    await look();
    expect(world.arrivals).toHaveLength(1);
  });

  it('reads a changed post with its captions, and the posts again whose captions have changed', async () => {
    const vtt = (words: string): string => `WEBVTT\n\n00:00.000 --> 00:04.000\n${words}\n`;
    folder.write('talk.md', '---\ntitle: Talk\ntranscript: talk.vtt\n---\n\nA talk.');
    folder.write('talk.vtt', vtt('The first words.'));
    await watch(2);
    const talk = () => [...world.posts.values()].find(({ title }) => title === 'Talk')?.text;
    expect(talk()).toContain('The first words.');
    expect(world.posts.size).toBe(3);
    folder.write('talk.md', '---\ntitle: Talk\ntranscript: talk.vtt\n---\n\nAnother talk.', 2);
    await look();
    expect(talk()).toContain('Another talk.');
    expect(talk()).toContain('The first words.');
    folder.write('talk.vtt', vtt('The last words.'), 2);
    await look();
    expect(talk()).toContain('The last words.');
    expect(world.arrivals.at(-1)).toMatchObject({ added: [], unchanged: 2 });
    expect(world.posts.size).toBe(3);
  });

  it('keeps the addresses that the site’s settings give, when one post changes', async () => {
    folder.write('_config.yml', 'permalink: /blog/:title/\n');
    folder.write('_posts/2024-05-06-fog.md', '---\ntitle: Fog\n---\n\nFog.');
    await watch(1);
    const fog = () => [...world.posts.values()].find(({ title }) => title === 'Fog');
    expect(fog()?.url).toBe('/blog/fog/');
    folder.write('_posts/2024-05-06-fog.md', '---\ntitle: Fog\n---\n\nMore fog.', 2);
    await look();
    expect(fog()).toMatchObject({ text: 'More fog.', url: '/blog/fog/' });
  });

  it('does not bring back what the author has deleted, though its file changes', async () => {
    await watch(2);
    world.remove('Post 0');
    folder.write('posts/0.md', page('Post 0', 'Told anew.'), 2);
    await look();
    folder.write('posts/0.md', page('Post 0', 'And once more.'), 3);
    await look();
    expect(world.titles()).toEqual(['Post 1']);
  });

  it('brings again what could not be stored', async () => {
    world.full = true;
    await watch(2);
    expect(world.titles()).toEqual([]);
    world.full = false;
    await look();
    expect(world.titles()).toEqual(['Post 0', 'Post 1']);
    folder.write('posts/0.md', page('Post 0', 'Told anew.'), 2);
    world.full = true;
    await look();
    world.full = false;
    await look();
    expect([...world.posts.values()].map(({ text }) => text)).toContain('Told anew.');
  });

  it('says what could not be read, and reads it once it was mended', async () => {
    folder.write('broken.md', '---\ntitle: "never closed\n---\nText.');
    await watch(1);
    expect((await first()).issues).toMatchObject([{ code: 'front-matter-broken' }]);
    folder.write('broken.md', page('Mended'), 2);
    await look();
    expect((await first()).issues).toEqual([]);
    expect(world.titles()).toEqual(['Mended', 'Post 0']);
  });

  it('is one of two of the same name, or the same once more', async () => {
    await watch(1);
    await follow.followFolder(folder.handle);
    const other = new FakeFolder('blog');
    other.write('posts/0.md', page('Another'));
    await follow.followFolder(other.handle);
    await look();
    expect((await folders()).map(({ name }) => name)).toEqual(['blog', 'blog 2']);
    expect(world.titles()).toEqual(['Another', 'Post 0']);
  });

  it('is watched no longer with its posts or without, and again', async () => {
    await watch(2);
    const unfollowed = await follow.unfollow((await first()).id, { posts: 'delete' });
    expect(unfollowed?.deleted).toBe(2);
    expect(world.titles()).toEqual([]);
    expect(await folders()).toEqual([]);
    await follow.followAgain(unfollowed!);
    world.arrivals.length = 0;
    await look();
    expect(world.titles()).toEqual(['Post 0', 'Post 1']);
    expect(world.arrivals).toEqual([]);
    await follow.unfollow((await first()).id, { posts: 'keep' });
    expect(world.titles()).toEqual(['Post 0', 'Post 1']);
  });
});

describe('files that are gone', () => {
  it('take their posts with them, which can be put back', async () => {
    await watch(10);
    folder.erase('posts/4.md');
    await look();
    expect(world.titles()).not.toContain('Post 4');
    expect(await first()).toMatchObject({ files: 9, posts: 9, missing: 0, deleted: { count: 1 } });
    follow = await world.open();
    await follow.restoreMissing((await first()).id);
    expect(world.titles()).toContain('Post 4');
    expect(await first()).toMatchObject({ deleted: null });
    await look();
    expect(world.titles()).toContain('Post 4');
  });

  it('are looked for once more, as a program that saves takes them away for a moment', async () => {
    await watch(10);
    folder.erase('posts/4.md');
    setTimeout(() => folder.write('posts/4.md', page('Post 4', 'Saved.'), 2), 300);
    await look();
    expect(world.titles()).toHaveLength(10);
    await look();
    expect([...world.posts.values()].find(({ title }) => title === 'Post 4')?.text).toBe('Saved.');
  });

  it.each(['keep', 'delete'] as const)('are asked about when they are many: %s', async (posts) => {
    await watch(10);
    for (const n of [1, 2, 3, 4]) folder.erase(`posts/${n}.md`);
    await look();
    expect(world.titles()).toHaveLength(10);
    follow = await world.open();
    const { id, missing } = await first();
    expect(missing).toBe(4);
    await follow.settleMissing(id, { posts, id: 'request' });
    expect(world.titles()).toHaveLength(posts === 'keep' ? 10 : 6);
    expect(await first()).toMatchObject({ files: 6, missing: 0, deleted: posts === 'keep' ? null : { count: 4 } });
    await look();
    expect(world.titles()).toHaveLength(posts === 'keep' ? 10 : 6);
  });

  it('are forgotten as missing when they come back', async () => {
    await watch(10);
    for (const n of [1, 2, 3]) folder.erase(`posts/${n}.md`);
    await look();
    expect(await first()).toMatchObject({ missing: 3 });
    for (const n of [1, 2, 3]) folder.write(`posts/${n}.md`, page(`Post ${n}`));
    await look();
    expect(await first()).toMatchObject({ missing: 0 });
    expect(world.titles()).toHaveLength(10);
  });

  it('leave a post that another file has too', async () => {
    folder.write('list.jsonl', `${JSON.stringify({ id: 'shared', title: 'Shared', text: 'In two lists.' })}\n`);
    await watch(20);
    folder.write('moved.jsonl', `${JSON.stringify({ id: 'shared', title: 'Shared', text: 'In two lists.' })}\n`, 2);
    folder.erase('list.jsonl');
    await look();
    expect(world.titles()).toContain('Shared');
    expect(await first()).toMatchObject({ deleted: null });
  });
});

describe('a folder that can’t be looked into', () => {
  it('deletes nothing when it is empty, and says so', async () => {
    await watch(3);
    folder.entries.clear();
    await look();
    expect(world.titles()).toHaveLength(3);
    expect(await first()).toMatchObject({ problem: { code: 'folder-lost' }, missing: 0, files: 3 });
    for (let n = 0; n < 3; n++) folder.write(`posts/${n}.md`, page(`Post ${n}`));
    await look();
    expect(await first()).toMatchObject({ problem: null });
  });

  it('deletes nothing when it is not there, and says so', async () => {
    await watch(3);
    folder.broken = new DOMException('gone', 'NotFoundError');
    await look();
    expect(world.titles()).toHaveLength(3);
    expect((await first()).problem?.message).toContain('“blog”');
  });

  it('waits for the author where the browser wants leave, and goes on after it', async () => {
    await watch(3);
    folder.write('posts/new.md', page('New'));
    folder.permission = 'prompt';
    await look();
    expect(await first()).toMatchObject({ allowed: false, posts: 3, problem: null });
    folder.permission = 'granted';
    folder.broken = new DOMException('no', 'NotAllowedError');
    await look();
    expect(await first()).toMatchObject({ allowed: false, posts: 3 });
    folder.broken = null;
    await follow.lookAt([(await first()).id]);
    expect(await first()).toMatchObject({ allowed: true, posts: 4 });
  });

  it('takes nothing for gone that lies below a folder which can’t be read', async () => {
    folder.write('other/one.md', page('Other'));
    await watch(3);
    folder.folder('posts').broken = new DOMException('no', 'NotReadableError');
    await look();
    expect(world.titles()).toHaveLength(4);
    expect(await first()).toMatchObject({ missing: 0, deleted: null, files: 4 });
  });
});

describe('looking by itself', () => {
  it('looks soon after the browser has told of a change, and no longer listens once it is not watched', async () => {
    await watch(1);
    folder.write('posts/new.md', page('New'));
    world.observers.get('blog')?.();
    world.observers.get('blog')?.();
    world.pass(1_000);
    await expect.poll(() => world.titles()).toContain('New');
    await expect.poll(async () => (await first()).looking).toBe(false);
    world.arrivals.length = 0;
    world.pass(30_000);
    expect(world.arrivals).toEqual([]);
    await follow.unfollow((await first()).id, { posts: 'keep' });
    expect(world.observers.size).toBe(0);
  });

  it('looks each minute while it is open, and when the author comes back', async () => {
    await watch(1);
    folder.write('posts/new.md', page('New'));
    world.pass(61_000);
    await expect.poll(() => world.titles()).toContain('New');
    await expect.poll(async () => (await first()).looking).toBe(false);
    folder.write('posts/newer.md', page('Newer'));
    await follow.lookAt('folders');
    expect(world.titles()).not.toContain('Newer');
    world.time += 6_000;
    await follow.lookAt('folders');
    expect(world.titles()).toContain('Newer');
  });
});
