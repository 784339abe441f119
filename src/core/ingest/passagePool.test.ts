// Which passages go into a call, as properties.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { postId } from '../post.ts';
import { PassagePool, type CallShape, type TakenPassage } from './passagePool.ts';

const posts = fc.array(fc.array(fc.integer({ min: 2, max: 12 }), { minLength: 1, maxLength: 12 }), { maxLength: 12 });
const shape = fc.record({ most: fc.integer({ min: 1, max: 9 }), alike: fc.boolean() });

function filled(lengths: readonly (readonly number[])[]) {
  const pool = new PassagePool();
  let id = 0;
  const order = lengths.map((_, at) => postId(`p${at}`));
  lengths.forEach((tokens, at) => {
    pool.admit(
      order[at] ?? postId(''),
      tokens.map((count) => ({ id: ++id, text: `${count}`, tokens: count })),
    );
  });
  return { pool, order, all: id };
}

/** Every call until nothing is left. */
function drain(pool: PassagePool, order: Parameters<PassagePool['take']>[0], wanted: CallShape): TakenPassage[][] {
  const calls: TakenPassage[][] = [];
  while (pool.open > 0) calls.push(pool.take(order, wanted));
  return calls;
}

describe('a pool of passages', () => {
  test('gives each once, no more in a call than there may be, and of one length or of one post', () => {
    fc.assert(
      fc.property(posts, shape, (lengths, wanted) => {
        const { pool, order, all } = filled(lengths);
        const calls = drain(pool, order, wanted);
        const ids = calls.flat().map(({ id }) => id);
        expect(ids.toSorted((a, b) => a - b)).toEqual(Array.from({ length: all }, (_, at) => at + 1));
        for (const call of calls) {
          expect(call.length).toBeGreaterThan(0);
          expect(call.length).toBeLessThanOrEqual(wanted.most);
          expect(new Set(call.map(({ tokens, post }) => (wanted.alike ? tokens : post))).size).toBe(1);
        }
      }),
    );
  });

  test('always takes the first passage of whoever comes first, and all of its length that fit', () => {
    fc.assert(
      fc.property(posts, fc.integer({ min: 1, max: 9 }), (lengths, most) => {
        const { pool, order } = filled(lengths);
        const left = order.map((post, at) => ({ post, tokens: [...(lengths[at] ?? [])] }));
        while (pool.open > 0) {
          const first = left.find(({ tokens }) => tokens.length > 0);
          const length = first?.tokens[0] ?? 0;
          const alike = left.flatMap(({ tokens }) => tokens.filter((one) => one === length)).length;
          const call = pool.take(order, { most, alike: true });
          expect(call[0]?.post).toBe(first?.post);
          expect(call[0]?.tokens).toBe(length);
          expect(call).toHaveLength(Math.min(most, alike));
          for (const { post, tokens } of call) {
            const of = left.find((one) => one.post === post)?.tokens ?? [];
            of.splice(of.indexOf(tokens), 1);
          }
        }
      }),
    );
  });

  test('says which posts are whole when the last call with something of them is done, in whatever order', () => {
    fc.assert(
      fc.property(posts, shape, fc.infiniteStream(fc.nat()), (lengths, wanted, random) => {
        const { pool, order } = filled(lengths);
        const calls = drain(pool, order, wanted);
        const open = new Map(order.map((post, at) => [post, lengths[at]?.length ?? 0]));
        const whole: string[] = [];
        while (calls.length > 0) {
          const [call = []] = calls.splice(Number(random.next().value) % calls.length, 1);
          for (const { post } of call) open.set(post, (open.get(post) ?? 0) - 1);
          whole.push(...pool.done(call));
          expect(new Set(whole)).toEqual(new Set([...open].flatMap(([post, count]) => (count === 0 ? [post] : []))));
        }
        expect(whole).toHaveLength(order.length);
        expect(order.some((post) => pool.has(post))).toBe(false);
      }),
    );
  });

  test('forgets a post that is dropped, what of it is under way too', () => {
    const { pool, order } = filled([
      [3, 3],
      [3, 4],
    ]);
    const call = pool.take(order, { most: 2, alike: true });
    pool.drop(postId('p0'));
    expect(pool.open).toBe(2);
    expect(pool.done(call)).toEqual([]);
    expect(pool.take(order, { most: 9, alike: false }).map(({ tokens }) => tokens)).toEqual([3, 4]);
  });
});
