// Reads the files of one import, one at a time, and tells of every post, every problem and every file left out.
import { KindredError } from '../errors.ts';
import type { ImportFile, ImportProgress } from '../libraryApi.ts';
import { decodeText } from './decodeText.ts';
import { FileSet } from './fileSet.ts';
import { importerFor } from './importerTable.ts';
import { issueEvent, issueFrom } from './importer.ts';
import type { Importer, ImporterContext, ImportEvent, SourceFile } from './importer.ts';
import { isChosenAlone, isInDraftFolder, mayBePost } from './postFiles.ts';
import { ProgressCount } from './progressCount.ts';
import { readBytes } from './readBytes.ts';
import { sitePermalinks } from './sitePermalinks.ts';
import { HEAD_BYTES, sniffFormat } from './sniffFormat.ts';

export interface ImportOptions {
  /** What the author calls the place that the files come from. */
  source: string;
  signal?: AbortSignal;
  /** Called after each file, and within large ones; the caller thins it out. */
  onProgress?: (progress: ImportProgress) => void;
  /** Milliseconds, for `elapsedMs`. */
  now?: () => number;
}

/**
 * Posts in the order of the files, transcripts that no post names last. One file is held at a time, JSON Lines of any size as a stream.
 * A file that cannot be read is an issue and never stops the rest. Two posts with one id: the first is kept, the other is an issue.
 * Throws the signal's reason when aborted, and nothing else.
 */
export async function* importFiles(files: readonly ImportFile[], options: ImportOptions): AsyncGenerator<ImportEvent> {
  const { source, signal } = options;
  const progress = new ProgressCount(files, options);
  const chosen = new FileSet(files);
  const seen = new Map<string, string>();
  const context: ImporterContext = {
    source,
    signal,
    sibling: (from, path) => chosen.sibling(from, path),
    permalinkFor: await sitePermalinks(files),
    onBytes: (bytes) => progress.bytes(bytes),
  };
  for (const file of chosen.inReadingOrder()) {
    signal?.throwIfAborted();
    if (chosen.wasRead(file)) {
      progress.fileDone(file);
      continue;
    }
    for await (const event of readFile(file, context)) {
      signal?.throwIfAborted();
      const kept = event.kind === 'post' ? onlyOnce(event, seen) : event;
      progress.event(kept);
      yield kept;
    }
    progress.fileDone(file);
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

async function* readFile(file: ImportFile, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const { path, blob } = file;
  try {
    if (isInDraftFolder(path) || !mayBePost(path)) {
      yield { kind: 'skipped', file: path, reason: isInDraftFolder(path) ? 'draft' : 'not-a-post' };
      return;
    }
    if (blob.size === 0) {
      throw new KindredError('file-empty', `${path} is empty. Check that it was saved, then import it again.`, {
        item: path,
      });
    }
    const importer = await findImporter(file);
    if (importer === null) {
      if (isChosenAlone(path)) throw unknownFormat(path);
      yield { kind: 'skipped', file: path, reason: 'not-a-post' };
      return;
    }
    if (blob.size > importer.maxBytes) throw tooLarge(file, importer);
    yield* importer.read(sourceFile(file), context);
  } catch (error) {
    context.signal?.throwIfAborted();
    yield issueFrom(error, 'file-unreadable', path);
  }
}

async function findImporter({ path, blob }: ImportFile): Promise<Importer | null> {
  const bytes = await readBytes(blob.slice(0, HEAD_BYTES), path);
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const encoding = !isUtf16 ? 'utf-8' : bytes[0] === 0xff ? 'utf-16le' : 'utf-16be';
  const format = sniffFormat(new TextDecoder(encoding).decode(bytes).replaceAll('\0', ''), path);
  return format === null ? null : importerFor(format, path);
}

function sourceFile({ path, blob }: ImportFile): SourceFile {
  return { path, blob, text: async () => decodeText(await readBytes(blob, path), { item: path, type: blob.type }) };
}

function unknownFormat(item: string): KindredError {
  return new KindredError(
    'format-unknown',
    `${item} is in no format that Kindred reads. Choose Markdown files, an RSS, Atom or JSON feed, JSON Lines, or a transcript (WebVTT, SubRip).`,
    { item },
  );
}

function tooLarge({ path, blob }: ImportFile, importer: Importer): KindredError {
  const mb = (bytes: number) => Math.round(bytes / 1024 / 1024);
  return new KindredError(
    'file-too-large',
    `${path} has ${mb(blob.size)} MB; a file of this format (${importer.label}) may have ${mb(importer.maxBytes)} MB. Split it, or convert it to JSON Lines, which may have any size.`,
    { item: path },
  );
}
