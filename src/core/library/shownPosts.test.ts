import { expect, test } from 'vitest';
import { makePost } from '../../testing/makePost.ts';
import { postId, type PostId } from '../post.ts';
import type { StoredPost } from '../store/schema.ts';
import { ShownPosts } from './shownPosts.ts';

function shelfOf(...names: string[]) {
  const texts = new Map(names.map((name) => [postId(name), `Text of ${name}.`]));
  const asked: PostId[][] = [];
  const getMany = (ids: readonly PostId[]): Promise<StoredPost[]> => {
    asked.push([...ids]);
    const found = ids.filter((id) => texts.has(id));
    return Promise.resolve(
      found.map((id) => ({ id, revision: '', words: 3, importedAt: 0, post: makePost(id, texts.get(id) ?? '') })),
    );
  };
  return { texts, asked, shown: new ShownPosts({ getMany }) };
}

const [a, b, gone] = ['a', 'b', 'gone'].map(postId) as [PostId, PostId, PostId];

test('a post that is still shown is not read again', async () => {
  const { asked, shown } = shelfOf('a', 'b');
  const first = await shown.read([a, gone]);
  const second = await shown.read([b, a]);
  expect([...first.keys(), ...second.keys()]).toEqual([a, b, a]);
  expect(second.get(a)).toBe(first.get(a));
  expect(asked).toEqual([[a, gone], [b]]);
});

test('a post that changed is read again, and one that went is not there', async () => {
  const { texts, shown } = shelfOf('a', 'b');
  await shown.read([a, b]);
  texts.set(a, 'Another text.');
  texts.delete(b);
  shown.touch([a, b]);
  const found = await shown.read([a, b]);
  expect([...found.values()].map(({ text }) => text)).toEqual(['Another text.']);
});

test('posts that were not shown for long are forgotten', async () => {
  const names = Array.from({ length: 40 }, (_, n) => `p${n}`);
  const { asked, shown } = shelfOf(...names);
  for (const name of names) await shown.read([postId(name)]);
  await shown.read([postId('p39')]);
  expect(asked).toHaveLength(40);
  await shown.read([postId('p0')]);
  expect(asked.at(-1)).toEqual(['p0']);
});
