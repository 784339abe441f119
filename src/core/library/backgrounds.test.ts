// When a library is measured anew.
import { describe, expect, it } from 'vitest';
import { COSINES } from '../../testing/cosines.ts';
import { Bm25Index } from '../search/bm25.ts';
import { Backgrounds } from './backgrounds.ts';
import type { Space } from './space.ts';

function setUp() {
  let read = 0;
  const counts = { posts: 100, vectors: 0, waiting: 5 };
  const store = {
    posts: {
      getMany: (ids: string[]) => {
        read++;
        return Promise.resolve(ids.map((id) => ({ post: { id, title: 'Tides', text: 'The tide.' } })));
      },
    },
  };
  const spaceOf = () => ({
    catalogue: { counts, ids: () => Array.from({ length: counts.posts }, (_, n) => `p${n}`) },
    vectors: { index: null },
    session: { ready: null },
    queue: { state: () => ({ waiting: counts.waiting }) },
  });
  const [space, other] = [spaceOf(), spaceOf()] as unknown as [Space, Space];
  const parts = { lexical: new Bm25Index(), store } as unknown as ConstructorParameters<typeof Backgrounds>[0];
  const backgrounds = new Backgrounds(parts);
  const ask = async (changed: Partial<typeof counts> = {}, of = space): Promise<number> => {
    Object.assign(counts, changed);
    await backgrounds.of(of);
    return read;
  };
  /** The model is ready, and vectors of an empty index are there to compare. */
  const ready = (): void =>
    void Object.assign(space, {
      vectors: { index: { rowsOf: () => null, compare: () => new Map() } },
      session: { ready: { embedder: { space: { dimension: 16 } }, cosines: COSINES } },
    });
  return { ask, other, ready };
}

describe('the background of a library', () => {
  it('is measured once while posts are embedded, and not again for a few more', async () => {
    const { ask } = setUp();
    expect(await ask()).toBe(1);
    expect(await ask()).toBe(1);
    expect(await ask({ posts: 120 })).toBe(1);
  });

  it('is measured again when half as many posts or vectors have come, or went', async () => {
    const { ask } = setUp();
    await ask({ vectors: 20 });
    expect(await ask({ vectors: 29 })).toBe(1);
    expect(await ask({ vectors: 31 })).toBe(2);
    expect(await ask({ posts: 151 })).toBe(3);
    expect(await ask({ posts: 70 })).toBe(4);
  });

  it('is measured again when the model is ready, though nothing has come since', async () => {
    const { ask, ready } = setUp();
    await ask({ vectors: 200, waiting: 0 });
    ready();
    expect(await ask()).toBe(2);
    expect(await ask()).toBe(2);
  });

  it('is exact once all is embedded, whatever it was measured with before', async () => {
    const { ask, other } = setUp();
    await ask({ vectors: 199 });
    expect(await ask({ waiting: 0 })).toBe(2);
    expect(await ask()).toBe(2);
    expect(await ask({ vectors: 200 })).toBe(3);
    expect(await ask({ posts: 101 })).toBe(4);
    expect(await ask({}, other)).toBe(5);
  });
});
