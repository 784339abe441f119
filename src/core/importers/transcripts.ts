// Transcripts on their own: a WebVTT or SubRip file that no post names becomes a video post.
import { timedToText } from '../text/structure/timedText.ts';
import type { Importer, ImporterContext, ImportEvent, SourceFile } from './importer.ts';
import { makePost } from './makePost.ts';
import { postPath, titleFromSlug } from './postPath.ts';

const MB = 1024 * 1024;

export const transcripts: Importer = { label: 'Transcript', maxBytes: 64 * MB, read };

async function* read(file: SourceFile, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const body = timedToText(await file.text());
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
