// The passage of a post that shares most with the draft by its words: for posts that have no vectors yet.
import type { TextBlock } from '../post.ts';
import type { Span } from '../suggestion.ts';
import { completeBlocks } from '../text/blocks.ts';
import { sentences } from '../text/sentences.ts';
import type { SharedWord } from './termWeights.ts';

/** A block up to this many code units is shown whole; of a longer one the sentences are. */
const LONGEST_SHOWN = 700;

/** Parts of a text to choose from: its blocks, long ones cut into runs of sentences. */
export function roughSpans(text: string, blocks: readonly TextBlock[]): Span[] {
  return completeBlocks(text, blocks)
    .filter((block) => block.kind !== 'heading')
    .flatMap(({ start, end }): Span[] => {
      if (end - start <= LONGEST_SHOWN) return [[start, end]];
      const runs: [number, number][] = [];
      for (const [from, to] of sentences(text, start, end)) {
        const run = runs.at(-1);
        if (run !== undefined && to - run[0] <= LONGEST_SHOWN) run[1] = to;
        else runs.push([from, to]);
      }
      return runs;
    });
}

/**
 * Index of the span that holds the most weight of different words, the first of equals; −1 where none holds any.
 * Spans and words are in order of their offsets.
 */
export function bestByWords(spans: readonly Span[], words: readonly SharedWord[]): number {
  let best = -1;
  let most = 0;
  let next = 0;
  spans.forEach(([start, end], index) => {
    while (next < words.length && (words[next]?.start ?? 0) < start) next++;
    const seen = new Set<string>();
    let weight = 0;
    for (let at = next; at < words.length; at++) {
      const word = words[at];
      if (word === undefined || word.start >= end) break;
      if (!seen.has(word.stem)) weight += word.weight;
      seen.add(word.stem);
    }
    if (weight > most) [best, most] = [index, weight];
  });
  return best;
}
