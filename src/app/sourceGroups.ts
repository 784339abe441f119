// Which files belong together under one source name, as the author would say it.
import type { ImportFile } from '../core/index.ts';

export interface SourceGroup {
  source: string;
  files: ImportFile[];
}

/** Feeds and lists have a title of their own; everything else that comes alone is a single post or goes with one. */
const listEnding = /\.(xml|rss|atom|rdf|json|jsonl|ndjson|jsonlines)$/i;

/**
 * One group per folder chosen or dropped, named like the folder; one per feed or list of posts that came by itself,
 * named like the file; all else that came by itself together under `looseName`, so that a post finds its transcript.
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
  return listEnding.test(path) ? path : looseName;
}
