// The table of formats: one importer each.
import { KindredError } from '../errors.ts';
import type { Importer } from './importer.ts';
import { jsonLines } from './jsonLines.ts';
import { markdownFiles } from './markdownFiles.ts';
import type { FormatName } from './sniffFormat.ts';
import { transcripts } from './transcripts.ts';

/** The parser of feeds is large, and many an author never imports one: it is loaded at the first. */
const importers = {
  markdown: () => markdownFiles,
  'json-lines': () => jsonLines,
  transcript: () => transcripts,
  feed: async () => (await import('./feeds.ts')).feeds,
} as const satisfies Record<FormatName, () => Importer | Promise<Importer>>;

/** Rejects with `file-unreadable` when the importer is not loaded yet and cannot be now. `item` is the file that wants it. */
export async function importerFor(format: FormatName, item: string): Promise<Importer> {
  try {
    return await importers[format]();
  } catch (cause) {
    throw new KindredError(
      'file-unreadable',
      `${item} could not be read: the part of Kindred that reads feeds did not load. Connect to the network and import the file again.`,
      { item, cause },
    );
  }
}
