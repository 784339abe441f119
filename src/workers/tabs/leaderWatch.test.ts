// When a leader counts as stopped, by the clock of the tab that waits for it.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LeaderWatch } from './leaderWatch.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

/** A watch that waits for an answer on a device whose timers are all late by so many milliseconds. */
function waiting(lateBy: number) {
  const asked: number[] = [];
  const stopped: number[] = [];
  const started = Date.now();
  const watch = new LeaderWatch({
    now: () => Date.now(),
    after: (ms, run) => {
      const timer = setTimeout(run, ms + lateBy);
      return () => clearTimeout(timer);
    },
    awaiting: () => true,
    ask: () => asked.push(Date.now() - started),
    onStopped: () => stopped.push(Date.now() - started),
  });
  watch.start();
  watch.hurry();
  return { watch, asked, stopped };
}

test('a silent leader is asked soon, and counts as stopped within a second', async () => {
  const { watch, asked, stopped } = waiting(0);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(asked[0]).toBe(100);
  expect(stopped[0]).toBeGreaterThan(asked[0]! + 600);
  expect(stopped[0]).toBeLessThan(1_000);
  watch.stop();
});

test('one that answers late is given the time that this tab itself is short of', async () => {
  const { watch, asked, stopped } = waiting(400);
  const answering = setInterval(() => watch.heard(), 1_800);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked.length).toBeGreaterThan(5);
  expect(stopped).toEqual([]);
  clearInterval(answering);
  watch.stop();
});

test('one that never answers counts as stopped in the end, however late everything is', async () => {
  const { watch, stopped } = waiting(400);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(stopped.length).toBeGreaterThan(0);
  watch.stop();
});
