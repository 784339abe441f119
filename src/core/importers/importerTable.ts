// The table of formats: one importer each.
import type { Importer } from './importer.ts';
import { jsonLines } from './jsonLines.ts';
import { lazyPart } from './lazyParts.ts';
import { markdownFiles } from './markdownFiles.ts';
import type { FormatName } from './sniffFormat.ts';
import { transcripts } from './transcripts.ts';

const importers = {
  markdown: () => markdownFiles,
  'json-lines': () => jsonLines,
  transcript: () => transcripts,
  feed: async (item) => (await lazyPart('feeds', item)).feeds,
} as const satisfies Record<FormatName, (item: string) => Importer | Promise<Importer>>;

/** Rejects with `file-unreadable` when the importer is not loaded yet and cannot be now. `item` is the file that wants it. */
export async function importerFor(format: FormatName, item: string): Promise<Importer> {
  return importers[format](item);
}
