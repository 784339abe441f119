// Whether two texts are near-duplicates: one message, perhaps shortened, reordered or reworded, about the same numbers and names.
import type { Differences } from '../../suggestion.ts';
import { agreementOf, contradicts, type Agreement } from './facts.ts';
import type { Fingerprint } from './fingerprint.ts';
import { overlapOf, shareUncovered, sharedShingles, type Overlap, type Rarity } from './overlap.ts';
import { stemOf } from '../../text/terms.ts';
import { matchTitles, nameOtherThings, type TitleMatch } from './titles.ts';

export interface Pair {
  /** The draft, or the newer of two posts. */
  first: Fingerprint;
  /** The post, or the older of two. */
  second: Fingerprint;
  /** Whether that is known: a text that takes up an older and much shorter one goes beyond it. */
  secondIsOlder: boolean;
  /**
   * What each passage of one text finds in the other at best, on the scale of `FusedHit.meaning`: the mean, in the better
   * direction. Null where there are no vectors.
   */
  meaning: number | null;
}

/** What a library knows of its words. */
export interface LibraryWords {
  idf: (term: string) => number;
  rarity: Rarity;
  /** Whether several posts have this title, other numbers aside, as those of a series do: then it is no sign. */
  isCommonTitle: (title: Fingerprint['title']) => boolean;
}

export interface NearDuplicate {
  /** Share of the shorter text that stands in the longer in the same words, 0 to 1. */
  sameWords: number;
  differs: Differences;
}

/** What a pair is judged by. */
export interface Evidence {
  overlap: Overlap;
  title: TitleMatch;
  commonTitle: boolean;
  /** Content words of each text. */
  firstWords: number;
  secondWords: number;
  numbers: Agreement;
  names: Agreement;
  /** As `nameOtherThings`; asked only where the titles share a frame. */
  otherThings: () => boolean;
}

/** Fewer shared shingles may be a phrase; so many are no accident. */
const FEWEST_SHARED = 6;
const MANY_SHARED = 20;
/**
 * Share of the shorter text in the longer that is enough by itself; with many shared shingles, an alike title or meaning
 * beside it; with an equal title or much the same meaning.
 */
const SAME_WORDS = 0.4;
const SOME_WORDS = 0.2;
const FEW_WORDS = 0.06;
/** Titles this much alike speak of one thing, or fill in one frame. */
const ALIKE_TITLE = 0.6;
const FRAME_TITLE = 0.3;
/** So much of a text in another is a copy, whatever its title. */
const COPIED = 0.98;
/** How many words, or how rare ones, an equal title must have to say by itself which post it is. */
const TELLING_WORDS = 3;
const TELLING_WEIGHT = 9;
/** A text of so few content words says hardly more than its title. */
const STUB_WORDS = 30;
/** `Pair.meaning` that stands by an equal title, by some shared words, and by a few. */
const MEANING_BY_TITLE = 0.4;
const MEANING_BY_WORDS = 0.6;
const SAME_MEANING = 0.7;
/** An older text shorter than this share of the newer is taken up there rather than repeated. */
const TAKEN_UP = 0.25;
/** Share of the numbers that texts in other words must have in common. */
const COMMON_NUMBERS = 0.5;

/** Null for two texts that say different things. `first` and `second` must be of two posts. */
export function judgePair(pair: Pair, words: LibraryWords): NearDuplicate | null {
  const { first, second } = pair;
  const shared = sharedShingles(first, second);
  const overlap = overlapOf(first, second, shared, words.rarity);
  const title = matchTitles(first.title, second.title, words.idf);
  // Nearly all pairs end here.
  if (overlap.shared === 0 && !title.equal) return null;
  const evidence: Evidence = {
    overlap,
    title,
    commonTitle: words.isCommonTitle(first.title),
    firstWords: first.terms.length,
    secondWords: second.terms.length,
    numbers: agreementOf('number', first, second),
    names: agreementOf('name', first, second),
    otherThings: () => nameOtherThings(withStems(first), withStems(second)),
  };
  if (!isSame(evidence, pair)) return null;
  return {
    sameWords: Math.max(overlap.ofFirst, overlap.ofSecond),
    differs: {
      changed: [...evidence.numbers.changed, ...evidence.names.changed],
      added: shareUncovered(first, shared),
      leftOut: shareUncovered(second, shared),
    },
  };
}

const withStems = ({ title, terms }: Fingerprint): { title: Fingerprint['title']; words: ReadonlySet<string> } => ({
  title,
  words: new Set([...title.map(({ stem }) => stem), ...terms.map(stemOf)]),
});

function isSame(evidence: Evidence, { secondIsOlder, meaning }: Pick<Pair, 'secondIsOlder' | 'meaning'>): boolean {
  const { overlap, title, firstWords, secondWords, numbers, names } = evidence;
  if (contradicts('number', numbers) || contradicts('name', names) || title.otherNumbers) return false;
  const within = Math.max(overlap.ofFirst, overlap.ofSecond);
  const near = meaning ?? -Infinity;
  const telling = title.words >= TELLING_WORDS || title.weight >= TELLING_WEIGHT;
  if (title.equal && telling && !evidence.commonTitle) {
    const stub = Math.min(firstWords, secondWords) <= STUB_WORDS;
    if (stub || within >= FEW_WORDS || near >= MEANING_BY_TITLE) return true;
  }
  if (secondIsOlder && secondWords < TAKEN_UP * firstWords && title.alike < ALIKE_TITLE) return false;
  if (title.alike >= FRAME_TITLE && within < COPIED && evidence.otherThings()) return false;
  if (overlap.shared < FEWEST_SHARED || within < FEW_WORDS) return false;
  if (within >= SAME_WORDS) return true;
  if (within >= SOME_WORDS) {
    if (overlap.shared >= MANY_SHARED || title.alike >= ALIKE_TITLE || near >= MEANING_BY_WORDS) return true;
  }
  return near >= SAME_MEANING && numbers.common >= COMMON_NUMBERS;
}
