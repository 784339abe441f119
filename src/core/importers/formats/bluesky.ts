// Posts of Bluesky as JSON: what com.atproto.repo.listRecords or app.bsky.feed.getAuthorFeed answer, saved.
import { blueskyPost } from '../blueskyPost.ts';
import type { BlueskyRecord } from '../blueskyPost.ts';
import { eachItem } from '../eachItem.ts';
import { asFields, asLine, firstOf } from '../fieldValues.ts';
import type { Importer, ImporterContext, ImportEvent, SourceFile } from '../importer.ts';
import { parseJson } from '../jsonItems.ts';

const MB = 1024 * 1024;

export const bluesky: Importer = { label: 'Bluesky JSON', maxBytes: 128 * MB, read };

async function* read(file: SourceFile, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const seen = new Set<string>();
  yield* eachItem(file, context, {
    items: itemsOf(parseJson(await file.text(), file.path)),
    place: (_, number) => `${file.path}, item ${number}`,
    read: (item, place) => {
      const record = recordOf(item);
      // A pinned post stands at its own time too.
      if (record === null || seen.has(record.uri)) return null;
      if (record.uri !== '') seen.add(record.uri);
      return blueskyPost(record, place, context);
    },
  });
}

function itemsOf(value: unknown): unknown[] {
  const fields = asFields(value);
  const items = fields === null ? value : firstOf(fields, 'records', 'feed', 'posts');
  return Array.isArray(items) ? (items as unknown[]) : [value];
}

/** A record of a repository, a post of a feed, or a post by itself; null for what was only passed on. */
function recordOf(item: unknown): BlueskyRecord | null {
  const fields = asFields(item);
  if (fields === null) return null;
  // A feed gives reasons for what stands out of its order: passed on, or pinned, which is the account's own.
  const reason = asFields(firstOf(fields, 'reason'));
  if (reason !== null && asLine(firstOf(reason, '$type')).endsWith('#reasonRepost')) return null;
  const post = asFields(firstOf(fields, 'post')) ?? fields;
  const record = asFields(firstOf(post, 'record', 'value'));
  return record === null ? null : { uri: asLine(firstOf(post, 'uri')), record };
}
