// Elements of the arrays of a JSON file of any size, one at a time.
import { JSONParser } from '@streamparser/json';
import { KindredError } from '../errors.ts';
import type { SourceFile } from './importer.ts';

export interface JsonItemsOptions {
  /** Where the items stand, such as `$.orderedItems.*`; the first that occurs counts. */
  paths: readonly string[];
  /** Bytes to leave out before the JSON begins. */
  skip?: (head: Uint8Array) => number;
}

/** Rejects with `format-broken` when the file is no JSON or is cut off: what came before was given. */
export async function* jsonItems(file: SourceFile, { paths, skip }: JsonItemsOptions): AsyncGenerator<unknown> {
  const found: unknown[] = [];
  const parser = new JSONParser({ paths: [...paths], keepStack: false, stringBufferSize: 65_536 });
  let failure: Error | null = null;
  parser.onValue = ({ value }) => void found.push(value);
  // Without a listener of its own the parser would throw in the middle of a piece.
  parser.onError = (error) => (failure ??= error);
  let isFirst = true;
  for await (const bytes of file.chunks()) {
    parser.write(isFirst && skip !== undefined ? bytes.subarray(skip(bytes)) : bytes);
    isFirst = false;
    yield* found.splice(0);
    if (failure !== null) throw broken(file.path, failure);
  }
  if (!parser.isEnded) throw broken(file.path, new Error('it is cut off'));
}

function broken(item: string, cause: Error): KindredError {
  return new KindredError(
    'format-broken',
    `${item} is not valid JSON (${cause.message.slice(0, 200)}). Export it again and add that.`,
    { item, cause },
  );
}

/** A whole JSON file. Throws `format-broken` when it is none. */
export function parseJson(text: string, item: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw broken(item, cause instanceof Error ? cause : new Error(String(cause)));
  }
}
