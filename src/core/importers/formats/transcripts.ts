// Transcripts on their own: a WebVTT or SubRip file that no post names becomes a video post.
import type { Post, StructuredText } from '../../post.ts';
import { timedToText } from '../../text/structure/timedText.ts';
import type { Importer, ImporterContext, ImportEvent, SourceFile } from '../importer.ts';
import { makePost, noParts } from '../makePost.ts';
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
  const post = transcriptPost(file.path, toText(await file.text()), context);
  yield { kind: 'post', post, file: file.path };
}

/** What is said in a file of its own, as a video by the name of the file. Throws `post-without-text` where nothing is said. */
export function transcriptPost(path: string, body: StructuredText, { source }: ImporterContext): Post {
  const place = postPath(path);
  const parts = {
    ...noParts,
    id: `${source}/${path}`,
    kind: 'video' as const,
    fallbackTitle: titleFromSlug(place.slug),
    date: place.date,
    source,
    durationS: body.blocks.at(-1)?.endS ?? null,
    body,
  };
  return makePost(parts, path);
}
