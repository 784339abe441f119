// Background work waits for the foreground, and for nothing else.
import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Foreground } from './foreground.ts';

const never = new AbortController().signal;

describe('the foreground', () => {
  it('holds background work back until all of it is done, also when it fails', async () => {
    const foreground = new Foreground();
    const order: string[] = [];
    let end = (): void => undefined;
    const first = foreground.run(() => new Promise<void>((resolve) => (end = resolve))).then(() => order.push('first'));
    const second = foreground.run(() => Promise.reject(new Error('failed'))).catch(() => order.push('second'));
    const background = foreground.idle(never).then(() => order.push('background'));
    await second;
    end();
    await Promise.all([first, background]);
    expect(order[0]).toBe('second');
    expect(order).toHaveLength(3);
    await foreground.idle(never);
  });

  it('lets what waits give up', async () => {
    const foreground = new Foreground();
    void foreground.run(() => new Promise(() => undefined));
    const stop = new AbortController();
    const waiting = foreground.idle(stop.signal);
    stop.abort('closed');
    await expect(waiting).rejects.toBe('closed');
    await expect(foreground.idle(stop.signal)).rejects.toBe('closed');
  });

  it('leaves nothing behind on the signal of what waited', async () => {
    const foreground = new Foreground();
    const { signal } = new AbortController();
    for (let turn = 0; turn < 3; turn++) {
      let end = (): void => undefined;
      const run = foreground.run(() => new Promise<void>((resolve) => (end = resolve)));
      const waiting = foreground.idle(signal);
      end();
      await Promise.all([run, waiting]);
    }
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
