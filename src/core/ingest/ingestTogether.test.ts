// The queue of a model that runs texts of one length together: many posts at once, and what holds one by one holds here.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KindredError } from '../errors.ts';
import { postId } from '../post.ts';
import { fakeLibrary } from '../../testing/fakeIngest.ts';
import { createIngestQueue } from './ingestQueue.ts';

const dated = (ids: readonly string[]) =>
  ids.map((id, n) => ({ id: postId(id), date: `20${String(99 - n).padStart(2, '0')}-01-01` }));

/** Notes the calls of the model: their texts, how many were under way at once, and how many began before all had ended. */
function observed(library: ReturnType<typeof fakeLibrary>) {
  const calls: string[][] = [];
  let now = 0;
  let most = 0;
  let row = 0;
  let longestRow = 0;
  const embed = library.ports.embed.bind(library.ports);
  library.ports.embed = async (texts, signal) => {
    calls.push([...texts]);
    row = now === 0 ? 1 : row + 1;
    longestRow = Math.max(longestRow, row);
    most = Math.max(most, ++now);
    try {
      await new Promise((resolve) => setTimeout(resolve));
      return await embed(texts, signal);
    } finally {
      now--;
    }
  };
  return { calls, mostAtOnce: () => most, longestRow: () => longestRow };
}

/** Twelve posts, and among them one that crashes the model, all of them read. */
async function readWithOneToBlame(...modes: [batches: boolean, workers?: number]) {
  const names = Array.from({ length: 12 }, (_, n) => `p${n}`);
  const library = fakeLibrary({ ...Object.fromEntries(names.map((name) => [name, 4])), bad: 4 }, ...modes);
  const embed = library.ports.embed.bind(library.ports);
  library.ports.embed = (texts, signal) => {
    if (texts.includes('bad 2')) return Promise.reject(new KindredError('worker-crashed', 'The model stopped.'));
    return embed(texts, signal);
  };
  const queue = createIngestQueue(library.ports);
  queue.resume();
  queue.add(dated([...names.slice(0, 3), 'bad', ...names.slice(3)]));
  await queue.settled();
  return { library, queue };
}

describe('many posts at once', () => {
  it('embeds each passage once, in calls of one length, two at a time, whatever the posts are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.integer({ min: 2, max: 9 }), { maxLength: 30 }), { minLength: 1, maxLength: 30 }),
        async (lengths) => {
          const names = lengths.map((_, n) => `p${n}`);
          const library = fakeLibrary(Object.fromEntries(names.map((name, n) => [name, lengths[n] ?? []])), true);
          const { calls, mostAtOnce } = observed(library);
          const tokensOf = new Map([...library.passages.values()].flat().map(({ text, tokens }) => [text, tokens]));
          const queue = createIngestQueue(library.ports);
          queue.resume();
          queue.add(dated(names));
          await queue.settled();
          expect(library.embedded.toSorted()).toEqual([...tokensOf.keys()].toSorted());
          expect(library.saved.size).toBe(tokensOf.size);
          for (const call of calls) {
            expect(new Set(call.map((text) => tokensOf.get(text))).size).toBe(1);
            expect(call.length).toBeLessThanOrEqual(32);
          }
          expect(mostAtOnce()).toBeLessThanOrEqual(2);
          expect(queue.state()).toMatchObject({ state: 'idle', waiting: 0 });
        },
      ),
      { numRuns: 40 },
    );
  });

  it('fills calls with passages of later posts, and begins with the newest', async () => {
    const names = Array.from({ length: 40 }, (_, n) => `p${n}`);
    const library = fakeLibrary(Object.fromEntries(names.map((name) => [name, [5, 6, 7]])), true);
    const { calls, mostAtOnce } = observed(library);
    const queue = createIngestQueue(library.ports);
    queue.resume();
    queue.add(dated(names));
    await queue.settled();
    expect(calls[0]?.[0]).toBe('p0 0');
    // One text a run would have been 120 calls.
    expect(calls.length).toBeLessThan(20);
    expect(mostAtOnce()).toBe(2);
  });

  it('rests now and then, for work in the background and a worker that is to be replaced', async () => {
    const lengths = Array.from({ length: 80 }, (_, n) => n + 2);
    const library = fakeLibrary({ a: lengths, b: [200] }, true);
    const { calls, mostAtOnce, longestRow } = observed(library);
    const queue = createIngestQueue(library.ports);
    queue.resume();
    queue.add(dated(['a', 'b']));
    await queue.settled();
    expect(calls).toHaveLength(81);
    expect(mostAtOnce()).toBe(2);
    expect(longestRow()).toBeGreaterThan(2);
    expect(longestRow()).toBeLessThanOrEqual(16);
  });

  it('lets a post in haste into the next call', async () => {
    const names = Array.from({ length: 60 }, (_, n) => `p${n}`);
    const library = fakeLibrary({ ...Object.fromEntries(names.map((name) => [name, 10])), old: [77] }, true);
    const { calls } = observed(library);
    const embed = library.ports.embed.bind(library.ports);
    let begun = 0;
    library.ports.embed = (texts, signal) => {
      if (++begun === 4) queue.hasten([postId('old')]);
      return embed(texts, signal);
    };
    const queue = createIngestQueue(library.ports);
    queue.resume();
    queue.add(dated([...names, 'old']));
    await queue.settled();
    expect(calls.findIndex((call) => call.includes('old 0'))).toBeLessThanOrEqual(5);
    expect(library.saved.size).toBe(601);
  });

  it('finds the post that crashes the model among those of a call, leaves it out alone, and embeds nothing twice', async () => {
    const { library, queue } = await readWithOneToBlame(true);
    expect(new Set(library.embedded).size).toBe(library.embedded.length);
    expect(library.embedded.filter((text) => text.startsWith('p'))).toHaveLength(48);
    expect(queue.state()).toMatchObject({
      state: 'idle',
      waiting: 0,
      reason: expect.stringMatching(/left out/) as string,
    });
  });

  it('goes back to many at once when the one to blame is gone', async () => {
    const names = Array.from({ length: 80 }, (_, n) => `p${n}`);
    const library = fakeLibrary({ bad: 1, ...Object.fromEntries(names.map((name) => [name, 10])) }, true);
    const { calls } = observed(library);
    const embed = library.ports.embed.bind(library.ports);
    library.ports.embed = (texts, signal) => {
      if (texts.includes('bad 0'))
        return Promise.reject(new KindredError('text-too-long', 'A text of 900 tokens is over the limit.'));
      return embed(texts, signal);
    };
    const queue = createIngestQueue(library.ports);
    queue.resume();
    queue.add(dated(['bad', ...names]));
    await queue.settled();
    expect(queue.state().reason).toMatch(/^One post was left out: A text of 900/);
    expect(library.saved.size).toBe(800);
    expect(calls.some((call) => new Set(call.map((text) => text.split(' ')[0])).size > 1)).toBe(true);
  });

  it('stopped with two calls under way and resumed, it loses nothing', async () => {
    const names = Array.from({ length: 20 }, (_, n) => `p${n}`);
    const library = fakeLibrary(Object.fromEntries(names.map((name) => [name, 12])), true);
    const { calls } = observed(library);
    const queue = createIngestQueue(library.ports);
    const embed = library.ports.embed.bind(library.ports);
    library.ports.embed = (texts, signal) => {
      if (calls.length === 3) queue.pause('The model is being changed.');
      return embed(texts, signal);
    };
    queue.resume();
    queue.add(dated(names));
    await queue.settled();
    expect(queue.state()).toMatchObject({ state: 'paused' });
    expect(library.saved.size).toBe(library.embedded.length);
    queue.resume();
    await queue.settled();
    expect(library.saved.size).toBe(240);
    expect(new Set(library.embedded).size).toBe(240);
  });

  it.each([false, true])('heeds what happens to a post while it is cut (together: %s)', async (together) => {
    const library = fakeLibrary({ changed: 1, gone: 1, other: 1 }, together);
    const queue = createIngestQueue(library.ports);
    const prepare = library.ports.prepare.bind(library.ports);
    let first = true;
    library.ports.prepare = async (post, signal) => {
      const found = await prepare(post, signal);
      if (post === postId('gone')) queue.remove([post]);
      if (post === postId('changed') && first) {
        first = false;
        library.passages.set(post, [{ id: 99, text: 'changed, anew', tokens: 4 }]);
        queue.add(dated(['changed']));
      }
      return found;
    };
    queue.resume();
    queue.add(dated(['changed', 'gone', 'other']));
    await queue.settled();
    expect(library.embedded.toSorted()).toEqual(['changed 0', 'changed, anew', 'other 0']);
    expect(queue.state()).toMatchObject({ state: 'idle', waiting: 0 });
  });

  it('drops a post that is taken out while it waits in the pool', async () => {
    const library = fakeLibrary({ a: 40, b: 40, c: [9] }, true);
    const queue = createIngestQueue(library.ports);
    const embed = library.ports.embed.bind(library.ports);
    library.ports.embed = (texts, signal) => {
      queue.remove([postId('c')]);
      return embed(texts, signal);
    };
    queue.resume();
    queue.add(dated(['a', 'b', 'c']));
    await queue.settled();
    expect(library.embedded).toHaveLength(80);
    expect(queue.state()).toMatchObject({ state: 'idle', waiting: 0 });
  });
});

describe('several workers', () => {
  it('have a call each, of the newest posts, and each passage is embedded once', async () => {
    const names = Array.from({ length: 60 }, (_, n) => `p${n}`);
    const library = fakeLibrary(Object.fromEntries(names.map((name, n) => [name, 1 + (n % 5)])), false, 4);
    const { calls, mostAtOnce } = observed(library);
    const queue = createIngestQueue(library.ports);
    queue.resume();
    queue.add(dated(names));
    await queue.settled();
    expect(mostAtOnce()).toBe(4);
    expect(calls[0]).toEqual(['p0 0']);
    expect(new Set(library.embedded).size).toBe(library.embedded.length);
    expect(library.saved.size).toBe(180);
    expect(queue.state()).toMatchObject({ state: 'idle', waiting: 0 });
  });

  it('are given one post at a time until the one to blame for a crash is found', async () => {
    const { library } = await readWithOneToBlame(false, 3);
    expect(new Set(library.embedded).size).toBe(library.embedded.length);
    expect(library.embedded).toHaveLength(48);
  });
});
