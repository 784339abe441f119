// How a post is embedded, told from the record of its passages.
import type { PostId } from '../post.ts';
import type { PostPreview, PreviewGap, PreviewPassage } from '../previewApi.ts';
import { leftOutOf } from '../text/cleaning/leftOut.ts';
import { outlineParts } from '../text/cleaning/outline.ts';
import { headText, isHead } from '../text/passage.ts';
import { embeddedText } from '../text/passages.ts';
import type { Parts } from './assemble.ts';

/** See PreviewApi. */
export async function previewPost(
  { store, spaces, repetition }: Pick<Parts, 'store' | 'spaces' | 'repetition'>,
  id: PostId,
): Promise<PostPreview | null> {
  await repetition.ready();
  const { catalogue } = spaces.current;
  const stored = await store.posts.get(id);
  const entry = catalogue.get(id);
  if (stored === null || entry === undefined) return null;
  const { post } = stored;
  const record = entry.passages;
  // A record without it is of a version that left nothing out.
  const recorded = record === null ? repetition.leftOutOf(id) : record.leftOut;
  const parts = recorded === undefined ? [] : leftOutOf(post, recorded.repeated);
  const places = new Map(outlineParts(post).map(({ start }, at) => [start, at]));
  const leftOut = parts.map(({ start, end, why }): PreviewGap => {
    const posts = why === 'code' ? 1 : repetition.postsWith(id, places.get(start) ?? -1);
    return { start, end, why, posts };
  });
  if (record === null) return { passages: null, leftOut };
  const passages: PreviewPassage[] = [];
  record.ids.forEach((_, index) => {
    const [start, end] = [record.starts[index] ?? 0, record.ends[index] ?? 0];
    const seconds = record.startS[index] ?? NaN;
    const head = isHead({ start, end });
    const embedded = entry.embedded.has(index);
    const first = passages[0];
    // A long summary takes several, of which the record does not say where they part.
    if (head && first !== undefined) {
      first.embedded &&= embedded;
      return;
    }
    const text = head ? headText(post) : embeddedText(post.text, start, end, parts);
    passages.push({ start, end, text, embedded, startS: Number.isNaN(seconds) ? null : seconds });
  });
  return { passages, leftOut };
}
