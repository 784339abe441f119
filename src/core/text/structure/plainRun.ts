// Steps over text that no inline markup can begin in, so that prose is not looked at letter by letter by every rule of the grammar.
import type { InlineParser } from '@lezer/markdown';

/** Where a rule begins, and what may end the beginning of an address: the signs of CommonMark and GFM, and no others. Two spaces may be of a line break. */
const SIGN = /[\\`*[\]<&~_:@]| {2}|!\[|www\./g;

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

/** The first place from `start` on where a rule might begin; the end where there is none. */
export function plainUntil(text: string, start: number): number {
  for (let from = start; ; from = SIGN.lastIndex) {
    SIGN.lastIndex = from;
    if (!SIGN.test(text)) return text.length;
    const end = SIGN.lastIndex;
    const stop = beginningOf(text, start, end, from);
    // One that began before was looked at, and is none.
    if (stop >= start) return stop;
  }
}

/** Where that begins which the sign before `end` belongs to: nothing of it lies before `from` but of an address. -1 for a mere sign. */
function beginningOf(text: string, start: number, end: number, from: number): number {
  const at = end - 1;
  switch (text.charCodeAt(at)) {
    case 32 /* space */:
      return at - 1;
    case 91 /* [ */:
      return at > from && text.charCodeAt(at - 1) === 33 /* ! */ ? at - 1 : at;
    case 95 /* _ */:
      return isBeforeAt(text, at) ? localPartStart(text, start, at) : at;
    case 58 /* : */:
      return schemeStart(text, at);
    case 64 /* @ */:
      return localPartStart(text, start, at);
    case 46 /* . */:
      return wordStart(text, at - 3);
    default:
      return at;
  }
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
