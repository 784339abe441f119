// Order, aborts and the end of the two lanes.
import { describe, expect, test } from 'vitest';
import { KindredError } from '../errors.ts';
import { Lanes } from './lanes.ts';

/** Jobs that run until they are told to end, and the order in which they started. */
function controlled() {
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const job = (name: string) => (): Promise<string> => {
    started.push(name);
    return new Promise((resolve) => ends.set(name, () => resolve(name)));
  };
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.();
    await turn();
  };
  return { started, job, end };
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('lanes', () => {
  test('run one job at a time, in order', async () => {
    const lanes = new Lanes();
    const { started, job, end } = controlled();
    const all = Promise.all(['a', 'b', 'c'].map((name) => lanes.run('queue', job(name))));
    await turn();
    expect(started).toEqual(['a']);
    await end('a');
    expect(started).toEqual(['a', 'b']);
    await end('b');
    await end('c');
    expect(await all).toEqual(['a', 'b', 'c']);
  });

  test('a draft overtakes everything in the queue but the run that has begun', async () => {
    const lanes = new Lanes();
    const { started, job, end } = controlled();
    void lanes.run('queue', job('q1'));
    void lanes.run('queue', job('q2'));
    await turn();
    void lanes.run('draft', job('d1'));
    void lanes.run('draft', job('d2'));
    for (const name of ['q1', 'd1', 'd2', 'q2']) await end(name);
    expect(started).toEqual(['q1', 'd1', 'd2', 'q2']);
  });

  test('a draft that arrives as a message overtakes even when the jobs never leave the thread', async () => {
    const lanes = new Lanes();
    const started: string[] = [];
    const job = (name: string) => (): Promise<number> => Promise.resolve(started.push(name));
    const { port1, port2 } = new MessageChannel();
    const drafted = new Promise<void>((resolve) => {
      port1.onmessage = () => void lanes.run('draft', job('draft')).then(() => resolve());
    });
    const queued = Array.from({ length: 20 }, (_, n) => lanes.run('queue', job(`q${n}`)));
    port2.postMessage(null);
    await drafted;
    await Promise.all(queued);
    port1.close();
    expect(started.indexOf('draft')).toBeLessThan(10);
  });

  test('a draft that is announced is waited for before the next run of the queue, for a moment', async () => {
    const lanes = new Lanes();
    const { started, job, end } = controlled();
    void lanes.run('queue', job('q1'));
    void lanes.run('queue', job('q2'));
    await turn();
    lanes.expectDraft();
    await end('q1');
    expect(started).toEqual(['q1']);
    void lanes.run('draft', job('d1'));
    await expect.poll(() => started).toEqual(['q1', 'd1']);
    lanes.expectDraft();
    await end('d1');
    // It did not come: the queue goes on.
    await expect.poll(() => started).toEqual(['q1', 'd1', 'q2']);
    await end('q2');
  });

  test('a job that fails rejects its own call and the next one runs', async () => {
    const lanes = new Lanes();
    const failing = lanes.run('queue', () => Promise.reject(new Error('no')));
    const next = lanes.run('queue', () => Promise.resolve(1));
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe(1);
  });

  test('an aborted job that waits never starts', async () => {
    const lanes = new Lanes();
    const { started, job, end } = controlled();
    const controller = new AbortController();
    const first = lanes.run('queue', job('a'));
    const second = lanes.run('queue', job('b'), controller.signal);
    const third = lanes.run('queue', job('c'));
    await turn();
    controller.abort('newer draft');
    await expect(second).rejects.toBe('newer draft');
    await end('a');
    await end('c');
    expect(await Promise.all([first, third])).toEqual(['a', 'c']);
    expect(started).toEqual(['a', 'c']);
  });

  test('an aborted job that runs rejects at once, and the next starts only when it has ended', async () => {
    const lanes = new Lanes();
    const { started, job, end } = controlled();
    const controller = new AbortController();
    const first = lanes.run('draft', job('a'), controller.signal);
    const second = lanes.run('draft', job('b'));
    await turn();
    controller.abort('newer draft');
    await expect(first).rejects.toBe('newer draft');
    expect(started).toEqual(['a']);
    await end('a');
    await end('b');
    expect(await second).toBe('b');
  });

  test('a signal that has already aborted rejects without queueing', async () => {
    const lanes = new Lanes();
    const { started, job } = controlled();
    await expect(lanes.run('draft', job('a'), AbortSignal.abort('late'))).rejects.toBe('late');
    await turn();
    expect(started).toEqual([]);
  });

  test('closing rejects what waits and what comes, and resolves when the run has ended', async () => {
    const lanes = new Lanes();
    const { job, end } = controlled();
    const running = lanes.run('queue', job('a'));
    const waiting = lanes.run('queue', job('b'));
    await turn();
    const reason = new KindredError('disposed', 'closed');
    let closed = false;
    const closing = lanes.close(reason).then(() => (closed = true));
    await expect(waiting).rejects.toBe(reason);
    await expect(lanes.run('draft', job('c'))).rejects.toBe(reason);
    expect(closed).toBe(false);
    await end('a');
    expect(await running).toBe('a');
    await closing;
  });
});
