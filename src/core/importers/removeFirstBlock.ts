// A structured text without its first block.
import type { StructuredText } from '../post.ts';

/** All offsets move with the text; links within the block go. The text has at least two blocks. */
export function removeFirstBlock(body: StructuredText): StructuredText {
  const shift = body.blocks[1]?.start ?? body.text.length;
  const moved = <T extends { start: number; end: number }>(part: T): T => ({
    ...part,
    start: part.start - shift,
    end: part.end - shift,
  });
  return {
    text: body.text.slice(shift),
    blocks: body.blocks.slice(1).map(moved),
    links: body.links.filter((link) => link.start >= shift).map(moved),
  };
}
