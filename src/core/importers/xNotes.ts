// Long posts of X: each stands cut off among the others, and whole in a file of its own, as a note that names no post.
import { asFields, asLine, firstOf } from './fieldValues.ts';
import type { Fields } from './fieldValues.ts';

export interface LongNote {
  text: string;
  /** What stands beside the text: addresses, hashtags. */
  core: Fields;
}

interface KnownNote extends LongNote {
  words: string;
}

/** X cuts after 280 characters, of which a letter may count two and each address below the text 24. */
const SHORTEST_CUT = 100;
/** So many characters of the same words are no chance. */
const TELLING_CHARS = 60;
/** More than X shows below one post. */
const MOST_LAST_LINKS = 8;
const SHORT_LINK = /https?:\/\/t\.co\/\w+/g;

export class LongNotes {
  readonly #bySecond = new Map<number, KnownNote[]>();
  readonly #byStart = new Map<string, KnownNote[]>();

  /** Notes as the archive writes them; what holds no text is passed over. */
  constructor(notes: readonly Fields[]) {
    for (const fields of notes) {
      const core = asFields(firstOf(fields, 'core'));
      const text = core === null ? undefined : firstOf(core, 'text');
      if (core === null || typeof text !== 'string') continue;
      const note = { text, core, words: wordsOf(text) };
      const second = secondOf(asLine(firstOf(fields, 'createdAt')));
      if (second !== null) addTo(this.#bySecond, second, note);
      addTo(this.#byStart, note.words.slice(0, TELLING_CHARS), note);
    }
  }

  /**
   * The note that a post was cut from, or null where it stands whole. `shown` is the text of the post, `date` in ISO 8601.
   * Note and post are of one second; where dates do not tell, their words do.
   */
  whole(shown: string, date: string | null): LongNote | null {
    if (this.#byStart.size === 0) return null;
    const second = date === null ? null : secondOf(date);
    const sameSecond = second === null ? undefined : this.#bySecond.get(second);
    const cut = withoutLastLinks(shown);
    const isCut = cut.length >= SHORTEST_CUT && /(?:…|\.\.\.)$/.test(cut);
    if (sameSecond === undefined && !isCut) return null;
    const words = wordsOf(cut);
    const isTelling = words.length >= TELLING_CHARS;
    const candidates = [
      ...(isCut || isTelling ? (sameSecond ?? []) : []),
      ...(isCut && isTelling ? (this.#byStart.get(words.slice(0, TELLING_CHARS)) ?? []) : []),
    ];
    return words === '' ? null : (candidates.find((note) => note.words.startsWith(words)) ?? null);
  }
}

/** Letters and digits alone: what else stands in a text is written in one way in posts and in another in notes. */
function wordsOf(text: string): string {
  return text
    .replace(SHORT_LINK, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** A post that is cut off ends in the addresses of what it shows or quotes. */
function withoutLastLinks(text: string): string {
  let kept = text.trimEnd();
  for (let links = 0; links < MOST_LAST_LINKS; links++) {
    const at = kept.lastIndexOf('https://t.co/');
    if (at < 0 || !/^https:\/\/t\.co\/\w+$/.test(kept.slice(at))) break;
    kept = kept.slice(0, at).trimEnd();
  }
  return kept;
}

function secondOf(date: string): number | null {
  const ms = Date.parse(date);
  return Number.isNaN(ms) ? null : Math.floor(ms / 1000);
}

function addTo<Key>(map: Map<Key, KnownNote[]>, key: Key, note: KnownNote): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [note]);
  else known.push(note);
}
