// When a worker is replaced for its memory, with sessions whose memory a test sets.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Session } from './openSession.ts';
import { Recycling } from './recycling.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** 100 bytes with the model loaded. */
function session() {
  const state = { bytes: 100, pending: 0 };
  const made = { model: { memoryBytes: 100 }, memoryBytes: () => state.bytes, pending: () => state.pending };
  return { state, session: made as unknown as Session };
}

function recycling(factor?: number) {
  const replaced: Session[] = [];
  return { replaced, policy: new Recycling(factor, (one) => replaced.push(one)) };
}

const quiet = (): void => void vi.advanceTimersByTime(1_000);

describe('a worker', () => {
  test('is left alone while its memory is within the bound', () => {
    const { policy, replaced } = recycling();
    const { session: one, state } = session();
    state.bytes = 200;
    policy.consider(one);
    quiet();
    expect(replaced).toEqual([]);
  });

  test('is replaced once, in a quiet moment, when it has grown over the bound', () => {
    const { policy, replaced } = recycling();
    const { session: one, state } = session();
    state.bytes = 201;
    policy.consider(one);
    expect(replaced).toEqual([]);
    quiet();
    policy.consider(one);
    quiet();
    expect(replaced).toEqual([one]);
    expect([policy.times, policy.retired(one)]).toEqual([1, true]);
  });

  test('is not replaced while calls follow each other, until it has grown twice as far', () => {
    const { policy, replaced } = recycling();
    const { session: one, state } = session();
    state.bytes = 300;
    for (let call = 0; call < 20; call++) {
      policy.consider(one);
      vi.advanceTimersByTime(100);
    }
    expect(replaced).toEqual([]);
    state.bytes = 401;
    state.pending = 1;
    policy.consider(one);
    expect(replaced).toEqual([]);
    state.pending = 0;
    policy.consider(one);
    expect(replaced).toEqual([one]);
  });

  test('that waits for an answer when the moment comes is left alone', () => {
    const { policy, replaced } = recycling();
    const { session: one, state } = session();
    state.bytes = 300;
    policy.consider(one);
    state.pending = 1;
    quiet();
    expect(replaced).toEqual([]);
  });

  test('whose memory is soon as large again is allowed more', () => {
    const { policy, replaced } = recycling();
    for (let n = 0; n < 10; n++) {
      const { session: one, state } = session();
      state.bytes = 390;
      policy.consider(one);
      quiet();
    }
    // 200, 300 and 450 bytes were the bounds.
    expect(replaced).toHaveLength(2);
  });

  test('is not replaced after the end, nor where nothing is known of its memory', () => {
    const { policy, replaced } = recycling();
    const { session: one, state } = session();
    state.bytes = 300;
    policy.consider(one);
    policy.close();
    quiet();
    const unknown = { model: { memoryBytes: 0 }, memoryBytes: () => 0, pending: () => 0 } as unknown as Session;
    recycling(0.1).policy.consider(unknown);
    quiet();
    expect(replaced).toEqual([]);
  });
});
