// Digests of posts on the disk: always those of the posts that are stored, whatever was changed, damaged or written twice.
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makePost } from '../../testing/makePost.ts';
import { storedPost } from '../../testing/storeRows.ts';
import { postId } from '../post.ts';
import { unpackTerms } from '../text/termBlock.ts';
import { stemOf } from '../text/terms.ts';
import { digestOf, type PostDigest } from './digest.ts';
import { decodeDigests, encodeDigests, unpackDigests, type BlockDigest } from './digestBlock.ts';
import { openDatabase } from './openDatabase.ts';
import { openStore, type Store } from './openStore.ts';
import type { DigestBlock, StoredPost } from './schema.ts';

let count = 0;
let name = '';
const opened = new Set<Store>();

beforeEach(() => {
  name = `digests-${count++}`;
});

afterEach(async () => {
  await Promise.all([...opened].map((store) => store.close()));
  opened.clear();
  await deleteDB(name);
});

async function open(database = name): Promise<Store> {
  const store = await openStore({ name: database });
  opened.add(store);
  return store;
}

/** What opening hands out, by post; fails when one comes with two digests that differ. */
async function openPosts(store: Store) {
  const found = new Map<string, PostDigest>();
  let handedOut = 0;
  const report = await store.posts.open({
    onBlock: ({ heads, terms }, vocabulary) => {
      heads.forEach((head, index) => {
        const { ids, counts, length } = unpackTerms(terms, index);
        const names = Array.from(ids, (id) => vocabulary.terms[id] ?? '');
        expect(names.map(stemOf)).toEqual(Array.from(ids, (id) => vocabulary.stems[id]));
        found.set(head.id, inOrder({ head, terms: { terms: names, counts: Array.from(counts), length } }));
      });
      handedOut += heads.length;
    },
    onDigest(digest) {
      found.set(digest.head.id, inOrder(digest));
      handedOut++;
    },
  });
  return { found, handedOut, report };
}

const digestsOf = (posts: Iterable<StoredPost>): Map<string, PostDigest> =>
  new Map(Array.from(posts, (post) => [post.id, inOrder(digestOf(post))]));

/** In which order the terms of a post are kept means nothing. */
function inOrder({ head, terms: { terms, counts, length } }: PostDigest): PostDigest {
  const order = [...terms.keys()].sort((a, b) => ((terms[a] ?? '') < (terms[b] ?? '') ? -1 : 1));
  const sorted = order.map((at) => terms[at] ?? '');
  return { head, terms: { terms: sorted, counts: order.map((at) => counts[at] ?? 0), length } };
}

async function blocksOf(change: (blocks: DigestBlock[]) => DigestBlock[]): Promise<void> {
  const { database } = await openDatabase({ name });
  for (const block of change(await database.getAll('digests'))) await database.put('digests', block);
  database.close();
}

const range = (to: number): number[] => Array.from({ length: to }, (_, n) => n);
const many = (to: number): StoredPost[] => range(to).map((n) => storedPost(`p${n}`, `Text number ${n} of the ferry.`));

describe('digests of posts', () => {
  it('are those of the posts stored, each once, after any puts, removals and restores', async () => {
    const change = fc.record({
      kind: fc.constantFrom('put', 'remove', 'restore'),
      ids: fc.uniqueArray(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 200 }),
      word: fc.constantFrom('tide', 'ferry', 'fog', 'pier'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        const database = `digests-${count++}`;
        const store = await open(database);
        await openPosts(store);
        const posts = new Map<string, StoredPost>();
        let last: Awaited<ReturnType<Store['posts']['remove']>> = { posts: [], passages: [] };
        for (const { kind, ids, word } of changes) {
          if (kind === 'put') {
            const put = ids.map((id) => storedPost(`p${id}`, `${word} and ${id}`, word));
            expect(await store.posts.put(put)).toEqual(put.map(digestOf));
            for (const post of put) posts.set(post.id, post);
          } else if (kind === 'remove') {
            last = await store.posts.remove(ids.map((id) => postId(`p${id}`)));
            for (const id of ids) posts.delete(`p${id}`);
          } else {
            await store.posts.restore(last);
            for (const post of last.posts) posts.set(post.id, post);
          }
        }
        await store.close();
        const again = await open(database);
        const { found, handedOut, report } = await openPosts(again);
        expect(report).toEqual({ digested: 0, unreadable: 0 });
        expect(handedOut).toBe(posts.size);
        expect(found).toEqual(digestsOf(posts.values()));
        await again.close();
        await deleteDB(database);
      }),
      { numRuns: 25 },
    );
  });

  it('are written together though two changes run at once', async () => {
    const store = await open();
    await openPosts(store);
    await Promise.all([store.posts.put(many(100)), store.posts.put(many(140)), store.posts.remove([postId('p7')])]);
    const { found, report } = await openPosts(await open());
    expect(report).toEqual({ digested: 0, unreadable: 0 });
    expect(found).toEqual(digestsOf(many(140).filter(({ id }) => id !== 'p7')));
  });

  it('of a damaged block, and of it alone, are made anew', async () => {
    const store = await open();
    await store.posts.put(many(300));
    await store.close();
    await blocksOf((blocks) => {
      const [, second] = blocks;
      if (second) second.bytes[200] = (second.bytes[200] ?? 0) ^ 4;
      return blocks;
    });
    const first = await openPosts(await open());
    expect(first.report).toEqual({ digested: 128, unreadable: 0 });
    expect(first.found).toEqual(digestsOf(many(300)));
    const second = await openPosts(await open());
    expect(second.report).toEqual({ digested: 0, unreadable: 0 });
    expect(second.found).toEqual(digestsOf(many(300)));
  });

  it('of which a page of terms is damaged are made anew where they have a term of that page, and nowhere else', async () => {
    const store = await open();
    await store.posts.put(many(128).map(({ id }) => storedPost(id, 'The ferry and the fog.')));
    await store.posts.put([storedPost('long', range(9000).join(' '))]);
    await store.close();
    const { database } = await openDatabase({ name });
    const page = await database.get('terms', 1);
    if (page === undefined) throw new Error('There is no second page.');
    page.bytes[99] = (page.bytes[99] ?? 0) ^ 8;
    await database.put('terms', page);
    database.close();
    const posts = [
      ...many(128).map(({ id }) => storedPost(id, 'The ferry and the fog.')),
      storedPost('long', range(9000).join(' ')),
    ];
    const first = await openPosts(await open());
    expect(first.report).toEqual({ digested: 1, unreadable: 0 });
    expect(first.found).toEqual(digestsOf(posts));
    const second = await openPosts(await open());
    expect(second.report).toEqual({ digested: 0, unreadable: 0 });
    expect(second.found).toEqual(digestsOf(posts));
  });

  it('of another rule, or that are missing as in a library of an earlier version, are made anew', async () => {
    const store = await open();
    await store.posts.put(many(300));
    await store.close();
    await blocksOf((blocks) => blocks.map((block) => ({ ...block, rule: 'digest-0' })));
    expect((await openPosts(await open())).report.digested).toBe(300);
    const { database } = await openDatabase({ name });
    await database.clear('digests');
    database.close();
    const { found, report } = await openPosts(await open());
    expect(report.digested).toBe(300);
    expect(found).toEqual(digestsOf(many(300)));
    expect((await openPosts(await open())).report.digested).toBe(0);
  });

  it('that two tabs have stored unknown to each other come out right', async () => {
    const [one, two] = [await open(), await open()];
    await openPosts(one);
    await openPosts(two);
    await one.posts.put(many(128));
    await two.posts.put(many(200));
    await one.posts.put([storedPost('p5', 'Changed in the first.', 'r2')]);
    await two.posts.remove([postId('p9')]);
    const { found, report } = await openPosts(await open());
    const posts = new Map(many(200).map((post) => [post.id, post]));
    posts.set(postId('p5'), storedPost('p5', 'Changed in the first.', 'r2'));
    posts.delete(postId('p9'));
    expect(report.unreadable).toBe(0);
    expect(found).toEqual(digestsOf(posts.values()));
    const again = await openPosts(await open());
    expect(again.report).toEqual({ digested: 0, unreadable: 0 });
    expect(again.found).toEqual(digestsOf(posts.values()));
    expect(again.handedOut).toBe(199);
  });

  it('of posts that cannot be read are counted as unreadable, and the others are handed out', async () => {
    const store = await open();
    await store.posts.put([storedPost('good')]);
    const { database } = await openDatabase({ name });
    await database.put('posts', { id: postId('bad'), post: null } as unknown as StoredPost);
    database.close();
    const { found, report } = await openPosts(await open());
    expect(report).toEqual({ digested: 0, unreadable: 1 });
    expect([...found.keys()]).toEqual(['good']);
  });
});

describe('a block of digests', () => {
  const posts = [
    makePost('a', 'The café on the pier, site-isolation and 12’000 gulls.', { summary: 'Short.', tags: ['Tides'] }),
    makePost('b', '', {
      title: '',
      date: '2024-01-01',
      series: 'S',
      url: 'https://example.org/b',
      links: linksTo('/a'),
    }),
    makePost('c', '潮の満ち引き and ферри', { kind: 'video', source: 'x' }),
  ].map((post): StoredPost => ({ id: post.id, revision: 'r', words: 3, importedAt: 1, post }));
  const named = posts.map((post, index): BlockDigest => {
    const { counts, length } = digestOf(post).terms;
    return { head: digestOf(post).head, terms: { ids: counts.map((_, nth) => nth * 3 + index), counts, length } };
  });
  const block = encodeDigests(4, named);

  function linksTo(href: string) {
    return [1, 2].map((start) => ({ start, end: start + 1, href }));
  }

  const plain = (digests: readonly BlockDigest[]) =>
    digests.map(({ head, terms: { ids, counts, length } }) => [head, Array.from(ids), Array.from(counts), length]);

  it('is read as it was written, whatever the scripts', () => {
    const read = decodeDigests(structuredClone(block));
    expect(read && plain(unpackDigests(read))).toEqual(plain(named));
  });

  it('takes more distinct terms than fit in two bytes', () => {
    const { head } = digestOf(storedPost('large'));
    const large = [{ head, terms: { ids: range(70_000), counts: range(70_000).map((n) => n % 255), length: 3 } }];
    const read = decodeDigests(encodeDigests(0, large));
    expect(read && plain(unpackDigests(read))).toEqual(plain(large));
  });

  it('is refused with any bits flipped, cut short, lengthened, or of another rule', () => {
    const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 7 })), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(flips, fc.nat(), (bits, length) => {
        const flipped = structuredClone(block);
        for (const [at, bit] of bits) {
          const index = at % flipped.bytes.length;
          flipped.bytes[index] = (flipped.bytes[index] ?? 0) ^ (1 << bit);
        }
        const same = flipped.bytes.every((byte, index) => byte === block.bytes[index]);
        expect(decodeDigests(flipped) === null).toBe(!same);
        const cut = block.bytes.slice(0, length % block.bytes.length);
        expect(decodeDigests({ ...block, bytes: cut })).toBeNull();
      }),
      { numRuns: 3000, seed: 7 },
    );
    const longer = new Uint8Array(block.bytes.length + 1);
    longer.set(block.bytes);
    expect(decodeDigests({ ...block, bytes: longer })).toBeNull();
    for (const row of [
      null,
      3,
      {},
      { ...block, rule: 'digest-0' },
      { ...block, bytes: [1, 2] },
      { ...block, checksum: 0 },
    ])
      expect(decodeDigests(row)).toBeNull();
  });
});
