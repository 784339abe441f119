// Transcripts on their own in the formats beside WebVTT and SubRip: each becomes a video post.
import { cuesToText } from '../../text/structure/timedText.ts';
import type { StructuredText } from '../../post.ts';
import type { Importer } from '../importer.ts';
import { cuesOf, jsonCues } from '../otherCues.ts';
import { transcriptImporter } from './transcripts.ts';

export const timedTextFiles: Importer = transcriptImporter('Timed text', readTimedText);

/** A transcript in any form; empty where it is in none. */
function readTimedText(source: string): StructuredText {
  return cuesToText(cuesOf(source));
}

/** A transcript that is parsed already; empty where it is none. */
export function timedTextOf(value: unknown): StructuredText {
  return cuesToText(jsonCues(value));
}
