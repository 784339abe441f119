// Turns files into posts. One importer a format; this is their table.
import { feeds } from './feeds.ts';
import type { Importer } from './importer.ts';
import { jsonLines } from './jsonLines.ts';
import { markdownFiles } from './markdownFiles.ts';
import type { FormatName } from './sniffFormat.ts';
import { transcripts } from './transcripts.ts';

export const importers = {
  markdown: markdownFiles,
  feed: feeds,
  'json-lines': jsonLines,
  transcript: transcripts,
} as const satisfies Record<FormatName, Importer>;
