// When a library is measured anew.
import { describe, expect, it } from 'vitest';
import { COSINES } from '../../testing/cosines.ts';
import { Bm25Index } from '../search/bm25.ts';
import { Backgrounds } from './backgrounds.ts';
import type { Space } from './space.ts';

function setUp(settings = new Map<string, unknown>()) {
  let read = 0;
  const counts = { posts: 100, vectors: 0, waiting: 5 };
  const store = {
    posts: {
      getMany: (ids: string[]) => {
        read++;
        return Promise.resolve(ids.map((id) => ({ post: { id, title: 'Tides', text: 'The tide.' } })));
      },
    },
    settings: {
      get: (key: string, parse: (value: unknown) => unknown) =>
        Promise.resolve(parse(structuredClone(settings.get(key)))),
      put: (key: string, value: unknown) => Promise.resolve(settings.set(key, structuredClone(value))),
    },
  };
  const gone = new Set<string>();
  const spaceOf = () => ({
    catalogue: { counts, ids: () => idsOf(counts.posts), get: (id: string) => (gone.has(id) ? undefined : {}) },
    vectors: { index: null, space: 'a' },
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
      vectors: { space: 'a', index: { rowsOf: () => null, compare: () => new Map() } },
      session: { ready: { embedder: { space: { dimension: 16 } }, cosines: COSINES } },
    });
  return { ask, other, ready, gone };
}

const idsOf = (count: number): string[] => Array.from({ length: count }, (_, n) => `p${n}`);

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
    // By words alone vectors, and whose they are, don't count.
    expect(await ask({ vectors: 200 })).toBe(2);
    expect(await ask({ posts: 101 })).toBe(3);
    expect(await ask({}, other)).toBe(3);
  });

  it('of a complete library is kept for the next visit, by words and by meaning, as long as it is the same', async () => {
    const settings = new Map<string, unknown>();
    const first = setUp(settings);
    await first.ask({ vectors: 200, waiting: 5 });
    expect(settings.size).toBe(0);
    await first.ask({ waiting: 0 });
    first.ready();
    expect(await first.ask()).toBe(3);

    const second = setUp(settings);
    // Words are asked before any vector is loaded.
    expect(await second.ask({ vectors: 0, waiting: 0 })).toBe(0);
    second.ready();
    expect(await second.ask({ vectors: 200 })).toBe(0);
    expect(await second.ask({ vectors: 201 })).toBe(1);

    const third = setUp(settings);
    expect(await third.ask({ vectors: 201, waiting: 0, posts: 99 })).toBe(1);
    const fourth = setUp(new Map([...settings].map(([key]) => [key, key])));
    expect(await fourth.ask({ vectors: 201, waiting: 0 })).toBe(1);
    const fifth = setUp(settings);
    for (const id of idsOf(60)) fifth.gone.add(id);
    expect(await fifth.ask({ vectors: 201, waiting: 0 })).toBe(1);
  });
});
