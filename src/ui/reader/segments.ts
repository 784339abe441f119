// Cuts a block of a post at its links, at the passage that matches and at the closest sentence in it, so that each piece is plain.
import type { Span, TextBlock, TextLink } from '../../core/index.ts';

export interface Segment {
  start: number;
  end: number;
  href: string | null;
  /** Within the passage. */
  matched: boolean;
  /** Within its closest sentence. */
  closest: boolean;
}

/** Pieces of the block in order, together the whole block. Offsets in UTF-16 code units into the post's text. */
export function segments(
  block: Pick<TextBlock, 'start' | 'end'>,
  links: readonly TextLink[],
  passage: { start: number; end: number } | null,
  closest: Span | null = null,
): Segment[] {
  const inBlock = links.filter((link) => link.start < block.end && link.end > block.start);
  const cuts = [block.start, block.end, ...inBlock.flatMap(({ start, end }) => [start, end])];
  if (passage !== null) cuts.push(passage.start, passage.end);
  if (closest !== null) cuts.push(...closest);
  const edges = [...new Set(cuts.map((cut) => Math.min(block.end, Math.max(block.start, cut))))].sort((a, b) => a - b);
  return edges.slice(1).map((end, index) => {
    const start = edges[index] ?? block.start;
    const link = inBlock.find((one) => one.start <= start && one.end >= end);
    const matched = passage !== null && passage.start <= start && passage.end >= end;
    const isClosest = closest !== null && closest[0] <= start && closest[1] >= end;
    return { start, end, href: link?.href ?? null, matched, closest: isClosest };
  });
}

/** Blocks that are shown together: a list, a transcript, or one block by itself. */
export interface BlockGroup {
  kind: 'list' | 'cues' | 'single';
  blocks: TextBlock[];
}

/** Neighbouring list items form one list, neighbouring cues one transcript. */
export function groupBlocks(blocks: readonly TextBlock[]): BlockGroup[] {
  const groups: BlockGroup[] = [];
  for (const block of blocks) {
    const kind = block.kind === 'item' ? 'list' : block.kind === 'cue' ? 'cues' : 'single';
    const last = groups.at(-1);
    if (kind !== 'single' && last?.kind === kind) last.blocks.push(block);
    else groups.push({ kind, blocks: [block] });
  }
  return groups;
}
