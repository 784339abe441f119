// Fetching feeds from hosts on this computer: what is public there is said here, and nowhere in what ships.
import { fetchFeed, usualPorts, type FeedAnswer, type FetchPorts } from '../../scripts/feeds/fetchFeed.ts';
import { Refused } from '../../scripts/feeds/refused.ts';

/** Counts as public. */
export const OPEN = '127.0.0.1';
/** Does not. */
export const SHUT = '127.0.0.2';

/** Any name leads to the open host; all else is as it ships, with less patience. */
export const loopbackPorts = (change: Partial<FetchPorts> = {}): FetchPorts => ({
  ...usualPorts,
  lookup: () => Promise.resolve([{ address: OPEN, family: 4 }]),
  isAllowed: (address) => address === OPEN,
  totalMs: 2_000,
  idleMs: 400,
  mostBytes: 1024 * 1024,
  ...change,
});

export const fetchFrom = (address: string, change?: Partial<FetchPorts>, more = {}): Promise<FeedAnswer> =>
  fetchFeed({ address, etag: null, modified: null, ...more }, new AbortController().signal, loopbackPorts(change));

/** Why it was refused; rejects when it was not. */
export async function refusal(answer: Promise<FeedAnswer>): Promise<string> {
  const error: unknown = await answer.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Refused) return error.reason;
  throw new Error('It was fetched, or failed in another way.', { cause: error });
}
