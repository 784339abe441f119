// Steps over text that no inline markup can begin in, so that prose is not looked at letter by letter by every rule of the grammar.
import type { InlineParser } from '@lezer/markdown';

/** What a character tells. */
const NOTHING = 0;
/** A rule may begin here. */
const MARKUP = 1;
const SPACE = 2;
const BANG = 3;
/** An address may have begun before. */
const UNDERSCORE = 4;
const COLON = 5;
const AT = 6;
const DOT = 7;

const SIGNS = signsByCode([
  ['\\`*[]<&~', MARKUP],
  [' ', SPACE],
  ['!', BANG],
  ['_', UNDERSCORE],
  [':', COLON],
  ['@', AT],
  ['.', DOT],
]);

/** So much of an address of mail stands before its @ at most, for GFM. In code units. */
const LONGEST_LOCAL_PART = 100;
const SCHEMES = ['https', 'http', 'mailto', 'xmpp'];

/** Reads nothing: the tree is the same with it and without. */
export const plainRun: InlineParser = {
  name: 'PlainRun',
  before: 'Escape',
  parse(context, _next, position) {
    const start = position - context.offset;
    const end = plainUntil(context.text, start);
    return end > start ? context.offset + end : -1;
  },
};

/** For the code units below 128: those of CommonMark and GFM are the characters given, and no others. */
function signsByCode(signs: readonly (readonly [characters: string, sign: number])[]): Uint8Array {
  const byCode = new Uint8Array(128);
  for (const [characters, sign] of signs) for (const character of characters) byCode[character.charCodeAt(0)] = sign;
  return byCode;
}

/** The first place from `start` on where a rule might begin; the end where there is none. */
function plainUntil(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 127) continue;
    let stop = -1;
    switch (SIGNS[code]!) {
      case NOTHING:
        continue;
      case MARKUP:
        return at;
      case SPACE:
        // Two may be of a line break.
        if (text.charCodeAt(at + 1) === 32) return at;
        continue;
      case BANG:
        if (text.charCodeAt(at + 1) === 91 /* [ */) return at;
        continue;
      case UNDERSCORE:
        stop = isBeforeAt(text, at) ? localPartStart(text, start, at) : at;
        break;
      case COLON:
        stop = schemeStart(text, at);
        break;
      case AT:
        stop = localPartStart(text, start, at);
        break;
      case DOT:
        stop = text.endsWith('www', at) ? wordStart(text, at - 3) : -1;
        break;
    }
    // One that began before was looked at, and is none.
    if (stop >= start && stop <= at) return stop;
  }
  return text.length;
}

/** Addresses begin where no word goes on. */
function wordStart(text: string, at: number): number {
  return at > 0 && isWord(text.charCodeAt(at - 1)) ? -1 : at;
}

function schemeStart(text: string, colon: number): number {
  const scheme = SCHEMES.find((name) => text.endsWith(name, colon));
  return scheme === undefined ? -1 : wordStart(text, colon - scheme.length);
}

function localPartStart(text: string, from: number, end: number): number {
  let at = end;
  const first = Math.max(from, end - LONGEST_LOCAL_PART);
  while (at > first && isLocalPart(text.charCodeAt(at - 1))) at--;
  return at;
}

function isBeforeAt(text: string, from: number): boolean {
  let at = from;
  const last = Math.min(text.length, from + LONGEST_LOCAL_PART);
  while (at < last && isLocalPart(text.charCodeAt(at))) at++;
  return text.charCodeAt(at) === 64; /* @ */
}

function isWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
}

function isLocalPart(code: number): boolean {
  return isWord(code) || code === 43 || code === 45 || code === 46; /* + - . */
}
