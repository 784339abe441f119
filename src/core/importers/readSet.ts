// Reads the files of one set, chosen or of an archive: finds the format of each, and opens archives once more.
import { isAbort, KindredError } from '../errors.ts';
import type { ColumnChoice, LeftOut } from '../libraryApi.ts';
import { archiveKind } from './archives/archiveKind.ts';
import type { ArchiveKind } from './archives/archiveKind.ts';
import { markdownToText } from '../text/structure/markdown.ts';
import { decodeText } from './decodeText.ts';
import type { FileSet } from './fileSet.ts';
import { chunksOf, gather } from './foundFile.ts';
import type { FoundFile } from './foundFile.ts';
import { importerFor } from './importerTable.ts';
import { issueFrom } from './importer.ts';
import type { Importer, ImporterContext, ImportEvent, SourceFile } from './importer.ts';
import { lazyPart } from './lazyParts.ts';
import { isChosenAlone, isInDraftFolder, mayBePost } from './postFiles.ts';
import type { ProgressCount } from './progressCount.ts';
import { isConfig } from './siteConfig.ts';
import { formatOf } from './sniffFormat.ts';
import { ToldOnce } from './toldOnce.ts';

/** Archives in archives are opened so often: exports of Notion come so. */
const DEEPEST_ARCHIVE = 2;
/** It is worth to fetch another reader for them. */
const MANY_FILES = 150;

export interface ImportRun {
  source: string;
  signal: AbortSignal | undefined;
  include: ReadonlySet<LeftOut>;
  columns: ColumnChoice | null;
  /** Paths of the files that are read; undefined for all. */
  only: ReadonlySet<string> | undefined;
  progress: ProgressCount;
}

/** Throws the signal's reason when aborted, and what reading a streamed archive throws. */
export async function* readSet(set: FileSet, run: ImportRun, depth: number): AsyncGenerator<ImportEvent> {
  const { source, signal, include, columns, progress } = run;
  const told = new ToldOnce();
  const context: ImporterContext = {
    source,
    signal,
    include,
    columns,
    sibling: (from, path) => set.sibling(from, path),
    find: (test) => set.find(test),
    tell: (issue) => told.add(issue),
    markdownToText: await markdownReader(set),
    permalinkFor: await permalinksOf(set),
  };
  const read = async function* (file: FoundFile): AsyncGenerator<ImportEvent> {
    signal?.throwIfAborted();
    if (depth === 0 && run.only?.has(file.path) === false) return;
    const wasArchive = !set.wasRead(file) && (yield* readFile(file, { set, context, run, depth }));
    yield* told.take();
    // The files of an archive have counted for it.
    if (!wasArchive) progress.fileDone(file.weight);
  };
  if (set.streamed !== null) for await (const file of set.streamed) yield* read(file);
  for (const file of set.inReadingOrder()) yield* read(file);
}

async function permalinksOf({ files }: FileSet): Promise<ImporterContext['permalinkFor']> {
  const config = files.find(({ path }) => isConfig(path));
  if (config === undefined) return () => null;
  return lazyPart('settings of sites', config.path).then(
    (part) => part.sitePermalinks(files),
    // As with settings that cannot be read, addresses follow the defaults.
    () => () => null,
  );
}

/** For few files, as on a first visit, what is there already will do. */
async function markdownReader({ hasMarkdown, paths }: FileSet): Promise<ImporterContext['markdownToText']> {
  if (!hasMarkdown || paths.length < MANY_FILES) return markdownToText;
  return lazyPart('Markdown by parts', '').then(
    (part) => part.markdownByParts,
    () => markdownToText,
  );
}

interface Place {
  set: FileSet;
  context: ImporterContext;
  run: ImportRun;
  depth: number;
}

/** True for an archive that could be opened. */
async function* readFile(file: FoundFile, place: Place): AsyncGenerator<ImportEvent, boolean> {
  const { path } = file;
  const { context, set } = place;
  try {
    if (isInDraftFolder(path) && !context.include.has('draft')) {
      yield { kind: 'skipped', file: path, reason: 'draft' };
      return false;
    }
    if (!mayBePost(path, set.hasMarkdown)) {
      yield { kind: 'skipped', file: path, reason: 'not-a-post' };
      return false;
    }
    if (file.size === 0) {
      if (!isChosenAlone(path)) yield { kind: 'skipped', file: path, reason: 'not-a-post' };
      else throw emptyFile(path);
      return false;
    }
    const head = await file.head();
    const archive = archiveKind(head);
    if (archive !== null) {
      yield* readArchive(file, archive, place);
      return true;
    }
    const format = await formatOf(head, path);
    if (format === null) {
      if (isChosenAlone(path)) throw unknownFormat(path);
      yield { kind: 'skipped', file: path, reason: 'not-a-post' };
      return false;
    }
    const importer = await importerFor(format, path);
    if (file.size > importer.maxBytes) throw tooLarge(file, importer);
    yield* importer.read(sourceFile(file, importer, place.run), context);
  } catch (error) {
    context.signal?.throwIfAborted();
    if (isAbort(error)) throw error;
    yield issueFrom(error, 'file-unreadable', path);
  }
  return false;
}

async function* readArchive(file: FoundFile, kind: ArchiveKind, { run, depth }: Place): AsyncGenerator<ImportEvent> {
  if (depth >= DEEPEST_ARCHIVE) {
    throw new KindredError(
      'archive-unsafe',
      `${file.path} is an archive in an archive in an archive. Unpack it and add it by itself.`,
      { item: file.path },
    );
  }
  const { openArchive } = await lazyPart('archives', file.path);
  const { set, refused } = await openArchive(file, kind, {
    signal: run.signal,
    onWeight: (weight) => run.progress.read(weight),
  });
  run.progress.filesFound(set.paths.length);
  for (const error of refused) yield issueFrom(error, 'archive-broken', error.item ?? file.path);
  yield* readSet(set, run, depth + 1);
}

function sourceFile(file: FoundFile, importer: Importer, { signal, progress }: ImportRun): SourceFile {
  const { path, size, type, weight } = file;
  const counted = (bytes: number): void => progress.readInFile((weight * bytes) / Math.max(1, size), weight);
  // A size may be a guess, as of a file that is packed by itself: what comes counts.
  const bytes = async (): Promise<Uint8Array<ArrayBuffer>> => {
    if (file.blob !== undefined) return file.whole();
    return gather(file.stream(), importer.maxBytes, () => tooLarge(file, importer));
  };
  return {
    path,
    bytes,
    text: async () => decodeText(await bytes(), { item: path, type }),
    chunks: async function* () {
      for await (const chunk of chunksOf(file.stream(), signal)) {
        counted(chunk.length);
        yield chunk;
      }
    },
  };
}

function emptyFile(item: string): KindredError {
  return new KindredError('file-empty', `${item} is empty. Check that it was saved, then import it again.`, { item });
}

function unknownFormat(item: string): KindredError {
  return new KindredError(
    'format-unknown',
    `${item} is in no format that Kindred reads. Choose Markdown files, HTML pages, a feed, a transcript, a table (CSV, JSON Lines), or the archive that your blog or network exports.`,
    { item },
  );
}

function tooLarge({ path, size }: FoundFile, importer: Importer): KindredError {
  const mb = (bytes: number) => Math.round(bytes / 1024 / 1024);
  return new KindredError(
    'file-too-large',
    `${path} has ${mb(size)} MB; a file of this format (${importer.label}) may have ${mb(importer.maxBytes)} MB. Split it, or convert it to JSON Lines, which may have any size.`,
    { item: path },
  );
}
