// Whether two near-duplicates are one post in two places: told only where hiding one of them loses nothing.
import { parseAddress } from '../address.ts';
import { MS_A_DAY } from '../postTraits.ts';

/** What tells where a post stands. */
export interface PlacedPost {
  source: string;
  url: string | null;
  title: string;
  /** ISO 8601, or null. */
  date: string | null;
  /** Of its text. */
  words: number;
}

/** Share of the shorter text that must stand in the longer. */
const SAME_TEXT = 0.85;
/** A shorter one than this share of the longer is quoted there rather than published again, unless it has its title. */
const LEAST_LENGTH = 0.6;
/** Fewer words say nothing: they may be a phrase of the site. */
const FEWEST_WORDS = 40;
/** A post is published again within months, and under its own title within weeks. */
const SAME_TEXT_DAYS = 180;
const SAME_TITLE_DAYS = 45;
const TELLING_TITLE_WORDS = 3;

/**
 * Null for two that are not. `sameWords` is that of `NearDuplicate`, null for two that are no near-duplicates.
 * Two posts of one source are never one: the author has written both there.
 */
export function crossPostReason(
  first: PlacedPost,
  second: PlacedPost,
  sameWords: number | null,
): 'address' | 'words' | 'title' | null {
  if (first.source === second.source) return null;
  const [one, other] = [addressOf(first), addressOf(second)];
  if (one !== null && other !== null && one.host === other.host) {
    // Two addresses of one site are two posts there.
    return one.path === other.path ? 'address' : null;
  }
  if (sameWords === null) return null;
  const days = daysBetween(first.date, second.date);
  const title = titleKey(first.title);
  const sameTitle = title === titleKey(second.title);
  if (sameTitle && title.split(' ').length >= TELLING_TITLE_WORDS && days !== null && days <= SAME_TITLE_DAYS)
    return 'title';
  const [shorter, longer] = [Math.min(first.words, second.words), Math.max(first.words, second.words)];
  const asLong = sameTitle || shorter >= LEAST_LENGTH * longer;
  const near = days === null || days <= SAME_TEXT_DAYS;
  return near && asLong && shorter >= FEWEST_WORDS && sameWords >= SAME_TEXT ? 'words' : null;
}

/** Null where the host is not known. */
function addressOf({ url }: PlacedPost): { host: string; path: string } | null {
  const address = url === null ? null : parseAddress(url);
  return address === null || address.host === null ? null : { host: address.host, path: address.path };
}

function daysBetween(first: string | null, second: string | null): number | null {
  if (first === null || second === null) return null;
  const ms = Math.abs(Date.parse(first) - Date.parse(second));
  return Number.isNaN(ms) ? null : ms / MS_A_DAY;
}

const titleKey = (title: string): string => (title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
