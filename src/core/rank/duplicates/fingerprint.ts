// What two texts are compared by when they may be the same one: runs of their words in order, and the facts among them.
import type { TextBlock } from '../../post.ts';
import { textHash } from '../../text/textHash.ts';
import { wording, type FactKind, type WordingToken } from '../../text/wording.ts';

/** Content words of a shingle. Two find boilerplate of a trade as often as copies, four lose what was reworded. */
export const SHINGLE_WORDS = 3;

export interface FingerprintSource {
  title: string;
  summary: string;
  text: string;
  blocks: readonly TextBlock[];
}

export interface FactAt {
  kind: FactKind;
  /** Position among the content words. */
  at: number;
  value: string;
  written: string;
}

export interface Fingerprint {
  /** Content words of the title. */
  title: readonly WordingToken[];
  /** Content words of summary and text in order, quotations left out: their terms, '' for a number. */
  terms: readonly string[];
  /** The same with numbers and names masked, so that a template filled in twice is twice the same. */
  masked: readonly string[];
  /** Hash of each run of `SHINGLE_WORDS` words by where it begins, numbers masked. */
  sequence: Uint32Array;
  /** The same, each once, ascending. */
  distinct: Uint32Array;
  facts: readonly FactAt[];
}

const NUMBER = '#';
const NAME = '@';

/** Takes a millisecond for a post of a thousand words. */
export function fingerprintOf({ title, summary, text, blocks }: FingerprintSource): Fingerprint {
  const tokens = [...wording({ text: summary, blocks: [] }), ...wording({ text, blocks })];
  const sequence = shingles(tokens);
  return {
    title: wording({ text: title }),
    terms: tokens.map(({ fact, term }) => (fact === 'number' ? '' : term)),
    masked: tokens.map(({ fact, stem }) => (fact === 'number' ? NUMBER : fact === 'name' ? NAME : stem)),
    sequence,
    distinct: new Uint32Array(new Set(sequence)).sort(),
    facts: tokens.flatMap(({ fact, value, written }, at) =>
      fact === null ? [] : [{ kind: fact, at, value, written }],
    ),
  };
}

export const isMask = (word: string): boolean => word === NUMBER || word === NAME;

function shingles(tokens: readonly WordingToken[]): Uint32Array {
  const hashes = tokens.map(({ fact, stem }) => hashOf(fact === 'number' ? NUMBER : stem));
  const found = new Uint32Array(Math.max(0, tokens.length - SHINGLE_WORDS + 1));
  for (let at = 0; at < found.length; at++) {
    let hash = 0;
    for (let word = at; word < at + SHINGLE_WORDS; word++) {
      // Murmur's mixing step, so that order counts.
      hash = Math.imul(hash ^ (hashes[word] ?? 0), 0x85ebca6b);
      hash ^= hash >>> 13;
    }
    found[at] = hash;
  }
  return found;
}

const REMEMBERED = 100_000;
const known = new Map<string, number>();

function hashOf(word: string): number {
  let hash = known.get(word);
  if (hash === undefined) {
    if (known.size >= REMEMBERED) known.clear();
    hash = textHash(word) >>> 0;
    known.set(word, hash);
  }
  return hash;
}
