// A repository of Bluesky's network (Settings > Account > Export my data), a content-addressed archive.
import { fromUint8Array as readBlocks } from '@atcute/car';
import { decode } from '@atcute/cbor';
import { toString } from '@atcute/cid';
import { fromUint8Array } from '@atcute/repo';
import type { RepoEntry } from '@atcute/repo';
import { BLUESKY_POST, blueskyPost, WHITEWIND_ENTRY } from '../blueskyPost.ts';
import { eachItem } from '../eachItem.ts';
import { asFields, asLine } from '../fieldValues.ts';
import { KindredError } from '../../errors.ts';
import type { Importer, ImporterContext, ImportEvent, SourceFile } from '../importer.ts';

const MB = 1024 * 1024;

/** Its tree may point anywhere in the file, so it is held as a whole. */
export const blueskyCar: Importer = { label: 'Bluesky repository', maxBytes: 256 * MB, read };

const WANTED = new Set([BLUESKY_POST, WHITEWIND_ENTRY]);

async function* read(file: SourceFile, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const bytes = await file.bytes();
  let author: string | null = null;
  yield* eachItem(file, context, {
    items: entriesOf(bytes, file.path),
    place: ({ collection, rkey }) => `${file.path}, ${collection}/${rkey}`,
    read: ({ collection, rkey, record }, place) => {
      author ??= authorOf(bytes);
      const fields = asFields(record);
      return fields === null
        ? null
        : blueskyPost({ uri: `at://${author}/${collection}/${rkey}`, record: fields }, place, context);
    },
  });
}

function* entriesOf(bytes: Uint8Array, item: string): Generator<RepoEntry> {
  try {
    for (const entry of fromUint8Array(bytes)) if (WANTED.has(entry.collection)) yield entry;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new KindredError(
      'format-broken',
      `${item} is a damaged repository (${why.slice(0, 200)}). Export your data again in Bluesky’s settings and add that file.`,
      { item, cause },
    );
  }
}

/** The id that the commit names, which the archive's root is. */
function authorOf(bytes: Uint8Array): string {
  const blocks = readBlocks(bytes);
  const root = blocks.roots[0]?.$link;
  for (const { cid, bytes: block } of blocks) {
    if (toString(cid) === root) return asLine(asFields(decode(block))?.['did']);
  }
  return '';
}
