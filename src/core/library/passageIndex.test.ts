// Vectors of two embedding spaces are never compared, however alike they look.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makePost } from '../../testing/makePost.ts';
import { fakeEmbedder } from '../../testing/fakeEmbedder.ts';
import { embedRows, spaceKey } from '../embedding.ts';
import { Catalogue } from './catalogue.ts';
import { postId } from '../post.ts';
import { PassageIndex } from './passageIndex.ts';

describe('a passage index', () => {
  it('refuses a question of another space, of the same model on another processor too', async () => {
    const embedder = fakeEmbedder();
    const index = new PassageIndex(spaceKey(embedder.space), embedder.space.dimension, new Catalogue());
    expect(index.search(await embedRows(embedder, ['tide'], { lane: 'draft' }))).toEqual([]);
    for (const other of [fakeEmbedder({ model: 'other' }), fakeEmbedder({ numeric: 'int8' })]) {
      const question = await embedRows(other, ['tide'], { lane: 'draft' });
      expect(() => index.search(question)).toThrow(expect.objectContaining({ code: 'space-mismatch' }));
    }
  });

  const DIMENSION = 16;
  const RULE = 'r';
  /** A vector that tells its passage. */
  const codesOf = (id: number): number[] => Array.from({ length: DIMENSION }, (_, at) => ((id * 7 + at) % 200) - 100);

  function libraryOf(sizes: readonly number[]) {
    const catalogue = new Catalogue();
    let next = 1;
    const posts = sizes.map((count, n) => {
      const id = postId(`p${n}`);
      catalogue.put({ id, revision: 'r1', words: 1, post: makePost(id, 'Text.') });
      const ids = Uint32Array.from({ length: count }, () => next++);
      const [starts, ends] = [new Uint32Array(count), new Uint32Array(count)];
      const [startS, hashes] = [new Float64Array(count), new Float64Array(count)];
      catalogue.cut({ post: id, revision: 'r1', rule: RULE, ids, starts, ends, startS, hashes }, RULE);
      return { id, ids: [...ids] };
    });
    return { catalogue, posts, ids: posts.flatMap(({ ids }) => ids) };
  }

  it('has each post the same however its rows come: whole or in parts, in any order, beside unknown ones', () => {
    const plan = fc.record({
      sizes: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 8 }),
      // True keeps the order of the disk, in which posts stand whole.
      inOrder: fc.boolean(),
      seed: fc.integer(),
      cutAt: fc.integer({ min: 1, max: 9 }),
      missing: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 2 }),
    });
    fc.assert(
      fc.property(plan, ({ sizes, inOrder, seed, cutAt, missing }) => {
        const { catalogue, posts, ids } = libraryOf(sizes);
        const index = new PassageIndex('s' as never, DIMENSION, catalogue);
        const order = (id: number): number => Math.imul(id + seed, 0x9e3779b1) >>> 0;
        const stored = [...ids, 9_999].filter((id) => !missing.includes(id));
        if (!inOrder) stored.sort((a, b) => order(a) - order(b));
        for (let from = 0; from < stored.length; from += cutAt) {
          const part = stored.slice(from, from + cutAt);
          const codes = Int8Array.from(part.flatMap(codesOf));
          index.add({ ids: Uint32Array.from(part), codes, scales: Float32Array.from(part, (id) => 1 / id) });
        }
        index.settle();
        const there = ids.filter((id) => !missing.includes(id));
        expect(catalogue.counts.vectors).toBe(there.length);
        for (const { id, ids: own } of posts) {
          const found = own.filter((one) => !missing.includes(one));
          const rows = index.rowsOf(id)?.rows ?? new Float32Array(0);
          expect([...rows]).toEqual(
            found.flatMap((one) => codesOf(one).map((code) => Math.fround(code * Math.fround(1 / one)))),
          );
          expect(catalogue.get(id)?.summary.embedded).toBe(found.length);
          expect(index.allOf(id) !== null).toBe(found.length === own.length);
        }
      }),
      { numRuns: 300 },
    );
  });
});
