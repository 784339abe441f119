// Transcripts on their own: a WebVTT or SubRip file that no post names becomes a video post.
import type { StructuredText } from '../../post.ts';
import { timedToText } from '../../text/structure/timedText.ts';
import type { Importer, ImporterContext, ImportEvent, SourceFile } from '../importer.ts';
import { makePost } from '../makePost.ts';
import { postPath, titleFromSlug } from '../postPath.ts';

const MB = 1024 * 1024;

export const transcripts: Importer = transcriptImporter('Transcript', timedToText);

/** An importer of transcripts that `toText` can read. */
export function transcriptImporter(label: string, toText: (source: string) => StructuredText): Importer {
  return { label, maxBytes: 64 * MB, read: (file, context) => read(file, context, toText) };
}

async function* read(
  file: SourceFile,
  context: ImporterContext,
  toText: (source: string) => StructuredText,
): AsyncGenerator<ImportEvent> {
  const body = toText(await file.text());
  const place = postPath(file.path);
  const parts = {
    id: `${context.source}/${file.path}`,
    kind: 'video' as const,
    title: '',
    fallbackTitle: titleFromSlug(place.slug),
    summary: '',
    date: place.date,
    url: null,
    authors: [],
    tags: [],
    series: null,
    source: context.source,
    durationS: body.blocks.at(-1)?.endS ?? null,
    body,
  };
  yield { kind: 'post', post: makePost(parts, file.path), file: file.path };
}
