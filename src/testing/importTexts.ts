// Runs an import over files given as texts, and sorts what it tells, for tests.
import { importFiles } from '../core/importers/index.ts';
import type { ImportOptions } from '../core/importers/index.ts';
import type { ImportFile, ImportIssue, UnclearTable } from '../core/libraryApi.ts';
import type { Post } from '../core/post.ts';

export interface Imported {
  posts: Post[];
  issues: ImportIssue[];
  skipped: { file: string; reason: string }[];
  tables: UnclearTable[];
}

export async function importAll(files: ImportFile[], options: Partial<ImportOptions> = {}): Promise<Imported> {
  const imported: Imported = { posts: [], issues: [], skipped: [], tables: [] };
  for await (const event of importFiles(files, { source: 'blog', ...options })) {
    if (event.kind === 'post') imported.posts.push(event.post);
    else if (event.kind === 'issue') imported.issues.push(event.issue);
    else if (event.kind === 'table') imported.tables.push(event.table);
    else imported.skipped.push({ file: event.file, reason: event.reason });
  }
  return imported;
}

/** Files by path, in the order given. */
export function importTexts(texts: Record<string, BlobPart>, options: Partial<ImportOptions> = {}): Promise<Imported> {
  return importAll(
    Object.entries(texts).map(([path, text]) => ({ path, blob: new Blob([text]) })),
    options,
  );
}

/** The one post of one file; throws what went wrong otherwise. */
export async function importOne(path: string, text: BlobPart): Promise<Post> {
  const { posts, issues } = await importTexts({ [path]: text });
  const [post] = posts;
  if (post === undefined || posts.length > 1 || issues.length > 0)
    throw new Error(JSON.stringify({ posts: posts.length, issues }));
  return post;
}
