// Which files belong together under one source name, as the author would say it.
import type { ImportFile } from '../core/index.ts';

export interface SourceGroup {
  source: string;
  files: ImportFile[];
}

/** Feeds, lists and archives have a name of their own; everything else that comes alone is a single post or goes with one. */
const listEnding = /\.(xml|rss|atom|rdf|json|jsonl|ndjson|jsonlines|csv|tsv|car|zip|tar|tgz|gz)$/i;
/** An archive gets another name at every export: a date, a number of the download, or the long id of whoever made it. */
const archiveEnding = /\.(?:zip|tar\.gz|tgz|tar)$/i;
const madeAnew =
  /(?:[\s_.-]*(?:\(\d+\)|\d{4}[-_.]?\d{2}[-_.]?\d{2}(?:[T_ -]?[\d:.-]+Z?)?|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16,}))+$/i;

/**
 * One group per folder chosen or dropped, named like the folder; one per feed, list or archive of posts that came by
 * itself, named like the file; all else that came by itself together under `looseName`, so that a post finds its transcript.
 */
export function groupBySource(files: readonly ImportFile[], looseName: string): SourceGroup[] {
  const groups = new Map<string, SourceGroup>();
  for (const file of files) {
    const source = sourceOf(file.path, looseName);
    const group = groups.get(source);
    if (group === undefined) groups.set(source, { source, files: [file] });
    else group.files.push(file);
  }
  return [...groups.values()];
}

function sourceOf(path: string, looseName: string): string {
  const slash = path.indexOf('/');
  if (slash > 0) return path.slice(0, slash);
  if (!listEnding.test(path)) return looseName;
  if (!archiveEnding.test(path)) return path;
  const bare = path.replace(archiveEnding, '');
  return bare.replace(madeAnew, '') || bare;
}
