// What holds for every structured text, for the tests of its readers.
import type { StructuredText } from '../core/post.ts';

/** Throws unless blocks are trimmed, in order, parted by one blank line and cover the text, and every link lies within a block. */
export function expectExactOffsets(structured: StructuredText): void {
  let at = 0;
  structured.blocks.forEach((block, index) => {
    const words = structured.text.slice(block.start, block.end);
    if (index > 0) {
      check(structured.text.slice(at, block.start) === '\n\n', 'blocks are parted by a blank line', block);
    } else {
      check(block.start === 0, 'the first block starts the text', block);
    }
    check(words !== '' && words === words.trim(), 'a block is trimmed text', block);
    at = block.end;
  });
  check(at === structured.text.length, 'the last block ends the text', at);
  for (const link of structured.links) {
    const words = structured.text.slice(link.start, link.end);
    check(words !== '' && words === words.trim(), 'a link has trimmed words', link);
    const inside = structured.blocks.some((block) => block.start <= link.start && link.end <= block.end);
    check(inside, 'a link lies within a block', link);
  }
}

function check(holds: boolean, rule: string, found: unknown): void {
  if (!holds) throw new Error(`${rule}: ${JSON.stringify(found)}`);
}
