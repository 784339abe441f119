// Elements of the arrays of a JSON file of any size, one at a time.
import { JSONParser } from '@streamparser/json';
import { KindredError } from '../errors.ts';
import { decodeChunks } from './decodeChunks.ts';
import type { SourceFile } from './importer.ts';

export interface JsonItemsOptions {
  /** Where the items stand, such as `$.orderedItems.*`; the first that occurs counts. */
  paths: readonly string[];
  /** The character that the JSON begins with, where something else stands before it. */
  startsAt?: string;
}

/** Rejects with `format-broken` when the file is no JSON or is cut off: what came before was given. */
export async function* jsonItems(file: SourceFile, { paths, startsAt = '' }: JsonItemsOptions): AsyncGenerator {
  const found: unknown[] = [];
  const parser = new JSONParser({ paths: [...paths], keepStack: false, stringBufferSize: 65_536 });
  const failures: Error[] = [];
  parser.onValue = ({ value }) => void found.push(value);
  // Without a listener of its own the parser would throw in the middle of a piece.
  parser.onError = (error) => void failures.push(error);
  let hasStarted = startsAt === '';
  for await (const text of decodeChunks(file)) {
    const start = hasStarted ? 0 : text.indexOf(startsAt);
    if (start < 0) continue;
    hasStarted = true;
    parser.write(text.slice(start));
    yield* found.splice(0);
    // Behind its end a file may hold a semicolon or a mark of whoever wrote it.
    if (failures[0] !== undefined && !parser.isEnded) throw broken(file.path, failures[0]);
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
