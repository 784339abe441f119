// Reads the files of one import, one at a time, and tells of every post, every problem and every file left out.
import type { ImportChoices, ImportFile, ImportProgress } from '../libraryApi.ts';
import { FileSet } from './fileSet.ts';
import { fileOfBlob } from './foundFile.ts';
import { issueEvent } from './importer.ts';
import type { ImportEvent } from './importer.ts';
import { ProgressCount } from './progressCount.ts';
import { readSet } from './readSet.ts';

export interface ImportOptions extends ImportChoices {
  /** Paths of the files that are read; the others are there for these to name. All by default. */
  only?: ReadonlySet<string>;
  /** What the author calls the place that the files come from. */
  source: string;
  signal?: AbortSignal;
  /** Called after each file, and within large ones; the caller thins it out. */
  onProgress?: (progress: ImportProgress) => void;
  /** Milliseconds, for `elapsedMs`. */
  now?: () => number;
}

/**
 * Posts in the order of the files, tables first and what others may name as their transcript last; archives are opened, and archives in them
 * once more. One file is held at a time, formats of any size as a stream. A file that cannot be read is an issue and never stops the rest. Two
 * posts with one id: the first is kept, the other is an issue. Throws the signal's reason when aborted, and nothing else.
 */
export async function* importFiles(files: readonly ImportFile[], options: ImportOptions): AsyncGenerator<ImportEvent> {
  const { source, signal, include = [], columns = null, only } = options;
  const progress = new ProgressCount(only === undefined ? files : files.filter(({ path }) => only.has(path)), options);
  const seen = new Map<string, string>();
  const run = { source, signal, include: new Set(include), columns, only, progress };
  for await (const event of readSet(new FileSet(files.map(fileOfBlob)), run, 0)) {
    signal?.throwIfAborted();
    const kept = event.kind === 'post' ? onlyOnce(event, seen) : event;
    progress.event(kept);
    yield kept;
  }
}

function onlyOnce(event: Extract<ImportEvent, { kind: 'post' }>, seen: Map<string, string>): ImportEvent {
  const { id, title } = event.post;
  const item = event.item ?? event.file;
  const first = seen.get(id);
  if (first === undefined) {
    seen.set(id, item);
    return event;
  }
  const message = `${item} (“${title}”) has the same id as ${first}: “${id}”. The first was kept; give the other an id of its own and import it again.`;
  return issueEvent('post-id-twice', item, message);
}
