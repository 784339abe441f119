import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createNotices, KEEP_MS } from './notices.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a notice stays for at least ten seconds, then goes', () => {
  const notices = createNotices();
  notices.add({ message: 'Deleted.' });
  vi.advanceTimersByTime(10_000);
  expect(notices.getState()).toHaveLength(1);
  vi.advanceTimersByTime(KEEP_MS);
  expect(notices.getState()).toEqual([]);
});

test('no notice goes while the author is on one', () => {
  const notices = createNotices();
  notices.add({ message: 'Deleted.' });
  notices.hold();
  vi.advanceTimersByTime(KEEP_MS * 5);
  expect(notices.getState()).toHaveLength(1);
  notices.release();
  vi.advanceTimersByTime(KEEP_MS);
  expect(notices.getState()).toEqual([]);
});

test('only the newest few are shown', () => {
  const notices = createNotices();
  for (const message of ['1', '2', '3', '4']) notices.add({ message });
  expect(notices.getState().map(({ message }) => message)).toEqual(['2', '3', '4']);
});
