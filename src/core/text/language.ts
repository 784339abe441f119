// The language that a text is written in, told by its letters in threes. Loaded when first needed: see library/lateParts.ts.
import { francAll } from 'franc-min';
import type { TextBlock } from '../post.ts';
import { languageTag } from './languageTag.ts';

/** Of prose that is looked at, in UTF-16 code units: more tells hardly more and takes longer. */
const MOST_READ = 300;
/** In letters. Less says too little: a title, a greeting; below, one answer in three is wrong. */
const FEWEST_LETTERS = 80;
/** Where one language alone is written in a script. */
const FEWEST_OF_A_SCRIPT = 12;
/** How far the best must be ahead of the second, of 1, for the shortest text and for one of this many letters. */
const LEAD_SHORT = 0.06;
const LEAD_LONG = 0.015;
const LONG_LETTERS = 200;

/** What is written the same in any language would speak for none, or for the wrong one. */
const NO_WORDS = /https?:\S+|www\.\S+|\S+@\S+|[#@][\p{L}\p{N}_]+/gu;
const LETTERS = /\p{L}/gu;

export interface LanguageSource {
  title: string;
  summary: string;
  text: string;
  blocks: readonly TextBlock[];
}

/** The BCP 47 language of a post's prose, code and addresses left out; null where that is too short or undecided. Some 0.3 ms. */
export function languageOf(source: LanguageSource): string | null {
  const text = proseOf(source);
  const letters = text.match(LETTERS)?.length ?? 0;
  if (letters < FEWEST_OF_A_SCRIPT) return null;
  const [best, second] = francAll(text);
  if (best === undefined) return null;
  if (second === undefined) return tagOf(best[0]);
  if (letters < FEWEST_LETTERS) return null;
  const grown = Math.min(1, (letters - FEWEST_LETTERS) / (LONG_LETTERS - FEWEST_LETTERS));
  const lead = LEAD_SHORT + (LEAD_LONG - LEAD_SHORT) * grown;
  return best[1] - second[1] < lead ? null : tagOf(best[0]);
}

const tagOf = (code: string): string | null => languageTag(SAME[code] ?? code);

/** Codes of single languages for which the tag of their group is in use. */
const SAME: Partial<Record<string, string>> = { zlm: 'ms' };

function proseOf({ title, summary, text, blocks }: LanguageSource): string {
  const parts: string[] = [];
  let read = 0;
  const take = (part: string): void => {
    const words = part.replace(NO_WORDS, ' ').slice(0, MOST_READ - read);
    parts.push(words);
    read += words.length;
  };
  for (const { kind, start, end } of blocks) {
    if (read >= MOST_READ) break;
    if (kind !== 'code' && kind !== 'heading') take(text.slice(start, Math.min(end, start + MOST_READ)));
  }
  for (const part of [summary, title]) if (read < MOST_READ) take(part);
  return parts.join('\n');
}
