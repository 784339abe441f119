// OPML: a list of feeds. It holds no posts, so an import only says where they are; an author may follow those that it names.
import { KindredError } from '../../errors.ts';
import type { ListedFeed } from '../../followApi.ts';
import { asTitle } from '../fieldValues.ts';
import { issueEvent } from '../importer.ts';
import type { Importer, ImporterContext, ImportEvent, SourceFile } from '../importer.ts';
import { xmlItems } from '../xmlItems.ts';
import type { XmlElement } from '../xmlItems.ts';

const MB = 1024 * 1024;
/** Addresses told of; more would be a wall of text. */
const SHOWN = 5;

export const opml: Importer = { label: 'OPML list of feeds', maxBytes: 16 * MB, read };

async function* read(file: SourceFile, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const feeds: ListedFeed[] = [];
  for await (const feed of feedsOf(file)) {
    context.signal?.throwIfAborted();
    feeds.push(feed);
  }
  const shown = feeds
    .slice(0, SHOWN)
    .map(({ address }) => address)
    .join(' ');
  const more = feeds.length > SHOWN ? ` and ${feeds.length - SHOWN} more` : '';
  yield issueEvent(
    'feed-list',
    file.path,
    feeds.length === 0
      ? `${file.path} is a list of feeds, and an empty one. Save the feed of your blog and add that.`
      : `${file.path} is a list of ${feeds.length} ${feeds.length === 1 ? 'feed' : 'feeds'} and holds no posts itself. Save the feeds that are yours and add them: ${shown}${more}.`,
  );
}

async function* feedsOf(file: SourceFile): AsyncGenerator<ListedFeed> {
  for await (const body of xmlItems(file, new Set(['body']))) {
    for (const { attributes } of outlines(body)) {
      const address = attributes['xmlUrl'] ?? attributes['xmlurl'] ?? '';
      const title = asTitle(attributes['title'] ?? attributes['text'] ?? '');
      if (/^https?:\/\//i.test(address)) yield { address, title };
    }
  }
}

/** Each once, in the order of the list. See `listedFeeds` for errors. */
export async function feedsIn(blob: Blob, name: string): Promise<ListedFeed[]> {
  if (blob.size > opml.maxBytes) throw noList(name);
  const whole = new Uint8Array(await blob.arrayBuffer());
  const file: SourceFile = {
    path: name,
    bytes: () => Promise.resolve(whole),
    text: () => Promise.resolve(new TextDecoder().decode(whole)),
    chunks: async function* () {
      yield await Promise.resolve(whole);
    },
  };
  const feeds = new Map<string, ListedFeed>();
  for await (const feed of feedsOf(file)) if (!feeds.has(feed.address)) feeds.set(feed.address, feed);
  if (feeds.size === 0) throw noList(name);
  return [...feeds.values()];
}

function noList(item: string): KindredError {
  return new KindredError('feed-list', `${item} names no feeds. Choose an OPML file, as feed readers export it.`, {
    item,
  });
}

function* outlines(root: XmlElement): Generator<XmlElement> {
  const waiting = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.name.toLowerCase() === 'outline') yield next;
    waiting.push(...next.children.toReversed());
  }
}
