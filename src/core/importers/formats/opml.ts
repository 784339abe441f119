// OPML: a list of feeds. It holds no posts, so all that can be done is to say where they are.
import { issueEvent } from '../importer.ts';
import type { Importer, ImporterContext, ImportEvent, SourceFile } from '../importer.ts';
import { xmlItems } from '../xmlItems.ts';
import type { XmlElement } from '../xmlItems.ts';

const MB = 1024 * 1024;
/** Addresses told of; more would be a wall of text. */
const SHOWN = 5;

export const opml: Importer = { label: 'OPML list of feeds', maxBytes: 16 * MB, read };

async function* read(file: SourceFile, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const feeds: string[] = [];
  for await (const body of xmlItems(file, new Set(['body']))) {
    context.signal?.throwIfAborted();
    for (const { attributes } of outlines(body)) {
      const address = attributes['xmlUrl'] ?? attributes['xmlurl'] ?? '';
      if (/^https?:\/\//i.test(address)) feeds.push(address);
    }
  }
  const shown = feeds.slice(0, SHOWN).join(' ');
  const more = feeds.length > SHOWN ? ` and ${feeds.length - SHOWN} more` : '';
  yield issueEvent(
    'feed-list',
    file.path,
    feeds.length === 0
      ? `${file.path} is a list of feeds, and an empty one. Save the feed of your blog and add that.`
      : `${file.path} is a list of ${feeds.length} ${feeds.length === 1 ? 'feed' : 'feeds'} and holds no posts itself. Save the feeds that are yours and add them: ${shown}${more}.`,
  );
}

function* outlines(root: XmlElement): Generator<XmlElement> {
  const waiting = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.name.toLowerCase() === 'outline') yield next;
    waiting.push(...next.children.toReversed());
  }
}
