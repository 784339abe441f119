// The loop of every importer whose files hold many posts: one broken item never costs the others.
import { isAbort } from '../errors.ts';
import type { Post } from '../post.ts';
import { issueEvent, issueFrom } from './importer.ts';
import type { ImporterContext, ImportEvent, SkipReason, SourceFile } from './importer.ts';

/** A file that is broken throughout is told of once, not a million times. */
const MOST_ISSUES = 100;

export interface ItemReader<Item> {
  items: AsyncIterable<Item> | Iterable<Item>;
  /** Names the place of an item in messages. `number` counts from 1. */
  place: (item: Item, number: number) => string;
  /** The post, why there is none, or null for what is not worth telling of. What it throws becomes an issue. */
  read: (item: Item, place: string) => Post | SkipReason | null | Promise<Post | SkipReason | null>;
}

/** Rejects with the signal's reason, or with what `items` itself throws. */
export async function* eachItem<Item>(
  file: SourceFile,
  { signal }: ImporterContext,
  { items, place, read }: ItemReader<Item>,
): AsyncGenerator<ImportEvent> {
  let number = 0;
  let issues = 0;
  for await (const item of items) {
    signal?.throwIfAborted();
    const name = place(item, ++number);
    try {
      const found = await read(item, name);
      if (found === null) continue;
      if (typeof found === 'string') yield { kind: 'skipped', file: file.path, reason: found };
      else yield { kind: 'post', post: found, file: file.path, item: name };
    } catch (error) {
      if (isAbort(error)) throw error;
      if (++issues <= MOST_ISSUES) yield issueFrom(error, 'format-broken', name);
    }
  }
  if (issues > MOST_ISSUES) {
    yield issueEvent(
      'format-broken',
      file.path,
      `${file.path} has ${issues - MOST_ISSUES} more items that could not be read. Check how it was made, then add it again.`,
    );
  }
}

/** The reason, unless the author asked for what it leaves out. */
export function unless(reason: 'draft' | 'private' | 'reply', { include }: ImporterContext): SkipReason | null {
  return include.has(reason) ? null : reason;
}
