// Watched folders in a real browser: real handles of directories, kept in a real database, read in the library's worker.
import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FollowedFolder, LibraryApi } from '../core/index.ts';
import { connect } from './rpc/index.ts';
import type { Connection } from './rpc/index.ts';

const open: Connection<LibraryApi>[] = [];
const NAME = 'followed-blog';
let root: FileSystemDirectoryHandle;
let folder: FileSystemDirectoryHandle;

async function start(): Promise<Connection<LibraryApi>['remote']> {
  const worker = new Worker(new URL('./library.worker.ts', import.meta.url), { type: 'module' });
  const connection = connect<LibraryApi>(worker, 'The library');
  open.push(connection);
  // Words are enough: no model is fetched.
  await connection.remote.open({ modelList: new URL('/models/none/models.json', location.origin).href });
  return connection.remote;
}

async function end(): Promise<void> {
  for (const connection of open.splice(0)) {
    await connection.remote.close();
    connection.close();
  }
}

async function write(path: string, text: string): Promise<void> {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  let at = folder;
  for (const part of parts) at = await at.getDirectoryHandle(part, { create: true });
  const file = await (await at.getFileHandle(name, { create: true })).createWritable();
  await file.write(text);
  await file.close();
}

const page = (title: string, text = `About ${title}.`): string =>
  `---\ntitle: ${title}\ndate: 2024-05-06\n---\n\n${text}\n`;
const titles = async (library: LibraryApi): Promise<string[]> =>
  (await library.listPosts({ search: '', sort: 'title', descending: false })).map(({ title }) => title);
const watched = async (library: LibraryApi): Promise<FollowedFolder> => (await library.followed()).folders[0]!;

beforeEach(async () => {
  await deleteDB('kindred');
  root = await navigator.storage.getDirectory();
  await root.removeEntry(NAME, { recursive: true }).catch(() => undefined);
  folder = await root.getDirectoryHandle(NAME, { create: true });
});
afterEach(async () => {
  await end();
  await root.removeEntry(NAME, { recursive: true }).catch(() => undefined);
});

describe('a watched folder', () => {
  test('brings posts in, is known after a reload, and what has changed meanwhile comes after it', async () => {
    let library = await start();
    await write('posts/fog.md', page('Fog'));
    await write('posts/salt.md', page('Salt'));
    await library.followFolder(folder);
    await library.lookAt();
    expect(await titles(library)).toEqual(['Fog', 'Salt']);
    const before = (await library.status()).followed;

    await end();
    await write('posts/fog.md', page('Fog', 'The ferry waited until noon.'));
    await write('posts/dogs.md', page('Dogs'));
    library = await start();
    expect(await watched(library)).toMatchObject({ name: NAME, files: 2, posts: 2, allowed: true });
    await library.lookAt('folders');
    await library.lookAt();
    expect(await titles(library)).toEqual(['Dogs', 'Fog', 'Salt']);
    expect(
      (await library.listPosts({ search: 'noon', sort: 'title', descending: false })).map(({ title }) => title),
    ).toEqual(['Fog']);
    expect((await library.status()).followed).toBeGreaterThan(before);
    expect(await (await watched(library)).handle.isSameEntry(folder)).toBe(true);
  });

  test('takes a post with its file, and puts it back; many, or all at once, it keeps', async () => {
    const library = await start();
    for (let n = 0; n < 12; n++) await write(`${n}.md`, page(`Post ${n}`));
    await library.followFolder(folder);
    await library.lookAt();
    await folder.removeEntry('3.md');
    await library.lookAt();
    expect(await titles(library)).not.toContain('Post 3');
    const { id, deleted } = await watched(library);
    expect(deleted?.count).toBe(1);
    await library.restoreMissing(id);
    expect(await titles(library)).toContain('Post 3');

    for (const n of [5, 6, 7]) await folder.removeEntry(`${n}.md`);
    await library.lookAt();
    expect(await titles(library)).toHaveLength(12);
    expect((await watched(library)).missing).toBe(3);
    await root.removeEntry(NAME, { recursive: true });
    await library.lookAt();
    expect(await titles(library)).toHaveLength(12);
    expect((await watched(library)).problem).toMatchObject({ code: 'folder-lost' });
  });

  test('is looked at as soon as something changes in it', async () => {
    const library = await start();
    await write('fog.md', page('Fog'));
    await library.followFolder(folder);
    await library.lookAt();
    await write('dogs.md', page('Dogs'));
    // Well before the minute at which it is looked at anyway.
    await expect.poll(() => titles(library), { timeout: 20_000 }).toEqual(['Dogs', 'Fog']);
  });

  test('is forgotten with its posts, and comes back with them', async () => {
    const library = await start();
    await write('fog.md', page('Fog'));
    await library.followFolder(folder);
    await library.lookAt();
    const unfollowed = await library.unfollow((await watched(library)).id, { posts: 'delete' });
    expect(await titles(library)).toEqual([]);
    await library.followAgain(unfollowed!);
    expect(await titles(library)).toEqual(['Fog']);
    await library.lookAt();
    expect(await watched(library)).toMatchObject({ posts: 1, problem: null });
  });
});
