import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packTerms, unpackTerms } from '../text/termBlock.ts';
import { decodeTerms, encodeTerms } from './termBytes.ts';

const term = fc.tuple(fc.oneof(fc.nat(300), fc.nat(2 ** 32 - 1)), fc.nat(255));
const post = fc.uniqueArray(term, { selector: ([id]) => id, maxLength: 60 });

it('gives back the terms of every post, whatever their ids and counts', () => {
  fc.assert(
    fc.property(fc.array(post, { maxLength: 12 }), (posts) => {
      const lists = posts.map((terms) => ({
        ids: terms.map(([id]) => id),
        counts: terms.map(([, n]) => n),
        length: 1,
      }));
      const packed = packTerms(lists);
      const sizes = { posts: posts.length, total: packed.places.length, known: packed.distinct.length };
      const read = { ...decodeTerms(encodeTerms(packed), sizes), lengths: packed.lengths };
      posts.forEach((terms, index) => {
        const { ids, counts } = unpackTerms(read, index);
        const found = Array.from(ids, (id, nth) => [id, counts[nth]]);
        expect(found).toEqual(terms.toSorted(([a], [b]) => a - b));
      });
    }),
    { numRuns: 300 },
  );
});

it('lets counts end at 255', () => {
  const packed = packTerms([{ ids: [7], counts: [4000], length: 4000 }]);
  expect([...decodeTerms(encodeTerms(packed), { posts: 1, total: 1, known: 1 }).counts]).toEqual([255]);
});
