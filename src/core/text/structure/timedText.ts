// Transcripts as text whose blocks know their seconds.
import type { StructuredText, TextBlock } from '../../post.ts';
import { readCues } from './readCues.ts';
import type { Cue } from './readCues.ts';

/** Readable sizes: short enough to point at a moment, long enough to make sense alone. In UTF-16 code units. */
const SHORTEST_BLOCK = 160;
const LONGEST_BLOCK = 600;
/** A silence this long after a sentence starts a new block when the one before is no mere interjection. */
const PAUSE_S = 4;
const SHORTEST_BEFORE_PAUSE = 80;

const SENTENCE_END = /[.!?…。！？]["'”’)\]]*$/u;

/** The cues of a WebVTT or SubRip file, as `cuesToText`. Empty where no cue is found. */
export function timedToText(source: string): StructuredText {
  return cuesToText(readCues(source));
}

/**
 * Cues merged up to the ends of sentences, one block of kind `cue` each, with the first start and the last end in seconds.
 * A sentence that ends within a cue ends a block too, at a time in proportion to its place in the cue. A change of speaker starts a
 * block with "Name: ". Linear in the length.
 */
export function cuesToText(cues: readonly Cue[]): StructuredText {
  const blocks: TextBlock[] = [];
  const parts: string[] = [];
  let length = 0;
  let lastSpeaker = '';
  for (const group of groupCues(cues.flatMap(splitAtSentences))) {
    const words = group.map((cue) => cue.text).join(' ');
    const speaker = group[0]?.speaker ?? '';
    const text = speaker !== '' && speaker !== lastSpeaker ? `${speaker}: ${words}` : words;
    if (speaker !== '') lastSpeaker = speaker;
    const start = length + (parts.length > 0 ? 2 : 0);
    length = start + text.length;
    parts.push(text);
    blocks.push({
      kind: 'cue',
      start,
      end: length,
      startS: group[0]?.startS ?? 0,
      endS: group.reduce((latest, cue) => Math.max(latest, cue.endS), 0),
    });
  }
  return { text: parts.join('\n\n'), blocks, links: [] };
}

/** Where one sentence ends and the next begins within a cue. */
const BETWEEN_SENTENCES = /(?<=[\p{Ll}\p{N}]{2}[.!?…。！？]["'”’)\]]{0,2})\s+(?=["'“‘(¿¡]?\p{Lu})/gu;

function splitAtSentences(cue: Cue): Cue[] {
  const parts: Cue[] = [];
  const { text, startS, endS, speaker } = cue;
  const at = (index: number): number => Math.round((startS + ((endS - startS) * index) / text.length) * 1000) / 1000;
  let from = 0;
  for (const { 0: gap, index } of text.matchAll(BETWEEN_SENTENCES)) {
    parts.push({ startS: at(from), endS: at(index), speaker, text: text.slice(from, index) });
    from = index + gap.length;
  }
  if (from === 0) return [cue];
  parts.push({ startS: at(from), endS, speaker, text: text.slice(from) });
  return parts;
}

function groupCues(cues: readonly Cue[]): Cue[][] {
  const groups: Cue[][] = [];
  let group: Cue[] = [];
  let size = 0;
  for (const cue of cues) {
    const last = group.at(-1);
    if (last !== undefined && startsBlock(cue, last, size)) {
      groups.push(group);
      group = [];
      size = 0;
    }
    group.push(cue);
    size += cue.text.length + 1;
  }
  if (group.length > 0) groups.push(group);
  return groups;
}

function startsBlock(cue: Cue, last: Cue, size: number): boolean {
  if (cue.speaker !== '' && cue.speaker !== last.speaker) return true;
  if (size + cue.text.length > LONGEST_BLOCK) return true;
  const paused = cue.startS - last.endS >= PAUSE_S;
  return SENTENCE_END.test(last.text) && size >= (paused ? SHORTEST_BEFORE_PAUSE : SHORTEST_BLOCK);
}
