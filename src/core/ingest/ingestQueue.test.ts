// The queue under crashes, pauses, changes and sudden ends: nothing embedded twice, nothing lost.
import { describe, expect, it } from 'vitest';
import { KindredError } from '../errors.ts';
import { postId } from '../post.ts';
import { fakeLibrary } from '../../testing/fakeIngest.ts';
import { createIngestQueue } from './ingestQueue.ts';

const waiting = (...ids: string[]) =>
  ids.map((id, n) => ({ id: postId(id), date: `2024-01-${String(n + 1).padStart(2, '0')}` }));

describe('ingest queue', () => {
  it('waits for the model, then embeds every post, newest first and those without a date last', async () => {
    const library = fakeLibrary({ a: 1, b: 1, c: 1, undated: 1 });
    const queue = createIngestQueue(library.ports);
    queue.add([...waiting('a', 'b', 'c'), { id: postId('undated'), date: null }]);
    expect(queue.state()).toMatchObject({ state: 'paused', waiting: 4, msPerPost: null });
    await queue.settled();
    expect(library.embedded).toEqual([]);
    queue.resume();
    expect(queue.state().state).toBe('working');
    await queue.settled();
    expect(library.embedded).toEqual(['c 0', 'b 0', 'a 0', 'undated 0']);
    expect(queue.state()).toMatchObject({ state: 'idle', waiting: 0, msPerPost: 10 });
    expect(library.completed()).toBe(1);
  });

  it('saves everything and makes everything searchable, in short calls for a long post', async () => {
    const library = fakeLibrary({ long: 300, short: 1 });
    const queue = createIngestQueue(library.ports);
    queue.resume();
    queue.add(waiting('long', 'short'));
    await queue.settled();
    expect(library.saved.size).toBe(301);
    expect(library.searchable.size).toBe(301);
  });

  it('lets a post in haste overtake all others, the one under way too, which then goes on where it was', async () => {
    const library = fakeLibrary({ long: 100, newer: 1, old: 1, older: 1 });
    const queue = createIngestQueue(library.ports);
    const embed = library.ports.embed.bind(library.ports);
    library.ports.embed = async (texts, signal) => {
      if (library.embedded.length === 32) {
        queue.add([...waiting('older', 'old'), { id: postId('newer'), date: '2030-01-01' }]);
        queue.hasten([postId('old'), postId('older'), postId('gone')]);
      }
      return embed(texts, signal);
    };
    queue.resume();
    queue.add([{ id: postId('long'), date: '2024-05-01' }]);
    await queue.settled();
    expect(library.embedded.slice(48, 51)).toEqual(['old 0', 'older 0', 'newer 0']);
    expect(library.embedded.slice(51)).toEqual(Array.from({ length: 52 }, (_, n) => `long ${n + 48}`));
    expect(library.saved.size).toBe(103);
    expect(queue.state()).toMatchObject({ state: 'idle', waiting: 0 });
  });

  it('stopped in the middle of a post and resumed elsewhere, it embeds nothing twice and loses nothing', async () => {
    const library = fakeLibrary({ a: 40, b: 40, c: 40 });
    const first = createIngestQueue({
      ...library.ports,
      embed: async (texts, signal) => {
        if (library.embedded.length >= 56) void first.close();
        return library.ports.embed(texts, signal);
      },
    });
    first.resume();
    first.add(waiting('a', 'b', 'c'));
    await first.settled();
    const before = library.embedded.length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(120);
    expect(library.saved.size).toBe(before);

    const second = createIngestQueue(library.ports);
    second.resume();
    second.add(waiting('a', 'b', 'c'));
    await second.settled();
    expect(library.saved.size).toBe(120);
    expect(library.embedded.length).toBe(120);
    expect(new Set(library.embedded).size).toBe(120);
  });

  it('killed without warning, it loses at most what was not flushed yet', async () => {
    const library = fakeLibrary({ a: 400 });
    let killed = false;
    const first = createIngestQueue({
      ...library.ports,
      embed: (texts, signal) => {
        killed ||= library.embedded.length >= 200;
        return killed ? new Promise(() => undefined) : library.ports.embed(texts, signal);
      },
      save: (ids, vectors) => (killed ? new Promise(() => undefined) : library.ports.save(ids, vectors)),
    });
    first.resume();
    first.add(waiting('a'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const lost = library.embedded.length - library.saved.size;
    // What was found and not saved is gone with the page.
    library.searchable.clear();
    for (const one of library.saved) library.searchable.add(one);
    expect(lost).toBeLessThanOrEqual(128);
    const second = createIngestQueue(library.ports);
    second.resume();
    second.add(waiting('a'));
    await second.settled();
    expect(library.saved.size).toBe(400);
    expect(library.embedded.length).toBe(400 + lost);
  });

  it('after a crash waits a little longer each time, and goes on where it was', async () => {
    const library = fakeLibrary({ a: 1, b: 1 });
    let crashes = 2;
    const queue = createIngestQueue({
      ...library.ports,
      embed: async (texts, signal) => {
        if (crashes-- > 0) throw new KindredError('worker-crashed', 'The model stopped.');
        return library.ports.embed(texts, signal);
      },
    });
    queue.resume();
    queue.add(waiting('a', 'b'));
    await queue.settled();
    expect(library.embedded).toEqual(['b 0', 'a 0']);
    expect(library.waits).toEqual([500, 1000]);
  });

  it('leaves out a post that crashes the model each time, says so, and embeds the others', async () => {
    const library = fakeLibrary({ bad: 1, a: 1, b: 1 });
    const queue = createIngestQueue({
      ...library.ports,
      embed: async (texts, signal) => {
        if (texts.some((text) => text.startsWith('bad')))
          throw new KindredError('worker-crashed', 'The model stopped.');
        return library.ports.embed(texts, signal);
      },
    });
    queue.resume();
    queue.add(waiting('a', 'bad', 'b'));
    await queue.settled();
    expect(library.embedded).toEqual(['b 0', 'a 0']);
    expect(queue.state()).toMatchObject({ state: 'idle', waiting: 0 });
    expect(queue.state().reason).toMatch(/left out/);
  });

  it('stands still when the model crashes again and again, and goes on when it is resumed', async () => {
    const library = fakeLibrary({ a: 1, b: 1, c: 1 });
    let broken = true;
    const queue = createIngestQueue({
      ...library.ports,
      embed: async (texts, signal) => {
        if (broken) throw new KindredError('backend-failed', 'The device is lost.');
        return library.ports.embed(texts, signal);
      },
    });
    queue.resume();
    queue.add(waiting('a', 'b', 'c'));
    await queue.settled();
    expect(queue.state().state).toBe('failed');
    expect(queue.state().reason).toMatch(/device is lost/);
    broken = false;
    queue.resume();
    await queue.settled();
    expect(queue.state().state).toBe('idle');
  });

  it('pauses with a reason, and keeps what was embedded before', async () => {
    const library = fakeLibrary({ a: 1, b: 1 });
    const queue = createIngestQueue({
      ...library.ports,
      embed: async (texts, signal) => {
        if (library.embedded.length === 1) queue.pause('The model is being changed.');
        return library.ports.embed(texts, signal);
      },
    });
    queue.resume();
    queue.add(waiting('a', 'b'));
    await queue.settled();
    expect(queue.state()).toMatchObject({ state: 'paused', waiting: 1, reason: 'The model is being changed.' });
    expect(library.saved.size).toBe(1);
  });

  it('takes a post that changed while it was embedded once more', async () => {
    const library = fakeLibrary({ a: 1 });
    let changed = false;
    const queue = createIngestQueue({
      ...library.ports,
      embed: async (texts, signal) => {
        if (!changed) {
          changed = true;
          library.passages.set(postId('a'), [{ id: 99, text: 'a, changed', tokens: 4 }]);
          queue.add(waiting('a'));
        }
        return library.ports.embed(texts, signal);
      },
    });
    queue.resume();
    queue.add(waiting('a'));
    await queue.settled();
    expect(library.embedded).toEqual(['a 0', 'a, changed']);
    expect(queue.state().waiting).toBe(0);
  });

  it('drops posts that were taken out, and those that are gone from the store', async () => {
    const library = fakeLibrary({ a: 1, b: 1 });
    const queue = createIngestQueue(library.ports);
    queue.add(waiting('a', 'b', 'gone'));
    queue.remove([postId('b')]);
    queue.resume();
    await queue.settled();
    expect(library.embedded).toEqual(['a 0']);
  });

  it('keeps vectors that could not be saved, and saves them with the next', async () => {
    const library = fakeLibrary({ a: 200, b: 1 });
    let failures = 1;
    const queue = createIngestQueue({
      ...library.ports,
      save: async (ids, vectors) => {
        if (failures-- > 0) throw new KindredError('storage-failed', 'The disk is away.');
        return library.ports.save(ids, vectors);
      },
    });
    queue.resume();
    queue.add(waiting('a', 'b'));
    await queue.settled();
    expect(library.saved.size).toBe(201);
  });
});
