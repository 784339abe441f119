// The feeds that a list of feeds names, for an author to choose from.
import type { ListedFeed } from '../followApi.ts';
import { lazyPart } from './lazyParts.ts';

const NAME = 'The list';

/** Rejects with `format-broken` or `feed-entities` for what is no OPML, `feed-list` for one without feeds. */
export async function listedFeeds(file: Blob): Promise<ListedFeed[]> {
  const { feedsIn } = await lazyPart('feed-list', NAME);
  return feedsIn(file, NAME);
}
