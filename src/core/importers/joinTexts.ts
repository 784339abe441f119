// Two structured texts as one.
import type { StructuredText } from '../post.ts';

const SEPARATOR = '\n\n';

/** The second after the first, a blank line between. */
export function joinTexts(first: StructuredText, second: StructuredText): StructuredText {
  if (first.text === '') return second;
  if (second.text === '') return first;
  const shift = first.text.length + SEPARATOR.length;
  const moved = <T extends { start: number; end: number }>(part: T): T => ({
    ...part,
    start: part.start + shift,
    end: part.end + shift,
  });
  return {
    text: first.text + SEPARATOR + second.text,
    blocks: [...first.blocks, ...second.blocks.map(moved)],
    links: [...first.links, ...second.links.map(moved)],
  };
}
