// Parts of Markdown that can be read one by one: paragraphs, headings and code at the margin, and what lies between them.

export interface MarkdownPart {
  kind: 'paragraph' | 'heading' | 'code' | 'other';
  /** [from, to) in the source, in UTF-16 code units; of code the lines between its fences. */
  from: number;
  to: number;
  /** Where the next part may begin. */
  next: number;
}

/** No paragraph is taken for one whose line begins so or is indented: it may be a list, a quote, HTML, a table, a line below a heading. */
const TELLING = new Set(Array.from('>-+<=|:#~ \t', (sign) => sign.charCodeAt(0)));
/** Nor is such a line surely outside of what comes before it; a blank one tells nothing. */
const CONTINUES = new Set(Array.from('-+ \t\n', (sign) => sign.charCodeAt(0)));
const EMPHASIS = /[*_]{1,3}[^\s*_]/y;
const NUMBER = /\d+[.)]/y;
const HEADING = /#{1,6}(?=[ \t\n]|$)/y;
const FENCE = /(?:(`{3,})[^`\n]*|(~{3,})[^\n]*)(?:\n|$)/y;
const CLOSING_FENCE = / {0,3}(`{3,}|~{3,})[ \t]*(?:\n|$)/y;
/** What ends a paragraph without a blank line, as the line above tells nothing of it: headings, fences, quotes, lists. */
const INTERRUPTS = /#{1,6}(?=[ \t\n]|$)|`{3,}[^`\n]*(?:\n|$)|~{3}|>|[-+*][ \t]+[^ \t\n]|1[.)][ \t]+[^ \t\n]/y;
const BLANK = /[ \t]*(?:\n|$)/y;
/** Begins what goes on over blank lines: fences that are not read here, and HTML up to an end of its own. */
const LONG_BLOCK =
  /[ \t>*+\-0-9.)]*(?:```|~~~|<(?:\?|!(?!--[^\n]*-->)|(?:script|pre|style|textarea)(?![^\n]*<\/(?:script|pre|style|textarea)>)))/iy;

/**
 * The parts in their order; what is blank between them is left out. The blocks that the grammar finds in each part by itself are those that it finds
 * in the whole. Linear in the length.
 */
export function* markdownParts(source: string): Generator<MarkdownPart> {
  // The grammar takes carriage returns for spaces, and their lines for blank, but not everywhere.
  if (source.includes('\r')) {
    yield otherPart(0, source.length);
    return;
  }
  for (let at = 0; at < source.length;) {
    if (begins(BLANK, source, at)) {
      at = BLANK.lastIndex;
      continue;
    }
    const part = codeAt(source, at) ?? headingAt(source, at) ?? paragraphAt(source, at) ?? otherAt(source, at);
    yield part;
    at = part.next;
  }
}

/** Null where no line closes it, too. */
function codeAt(source: string, at: number): MarkdownPart | null {
  FENCE.lastIndex = at;
  const opening = FENCE.exec(source);
  const mark = opening?.[1] ?? opening?.[2];
  if (opening === null || mark === undefined) return null;
  const from = at + opening[0].length;
  for (let line = from; line < source.length; line = lineEnd(source, line) + 1) {
    CLOSING_FENCE.lastIndex = line;
    const closing = CLOSING_FENCE.exec(source)?.[1] ?? '';
    if (closing.startsWith(mark))
      return { kind: 'code', from, to: Math.max(from, line - 1), next: CLOSING_FENCE.lastIndex };
  }
  return null;
}

function headingAt(source: string, at: number): MarkdownPart | null {
  if (!begins(HEADING, source, at)) return null;
  const to = lineEnd(source, at);
  return { kind: 'heading', from: at, to, next: to + 1 };
}

function paragraphAt(source: string, at: number): MarkdownPart | null {
  let to: number;
  for (let line = at; ; line = to + 1) {
    if (!isOfParagraph(source, line)) return null;
    to = lineEnd(source, line);
    if (to >= source.length || begins(BLANK, source, to + 1) || begins(INTERRUPTS, source, to + 1)) break;
    // The header of a table may stand in it.
    if (source.slice(line, to).includes('|')) return null;
  }
  const mayDefine = source.charCodeAt(at) === 91 /* [ */ && source.slice(at, to).includes(']:');
  return mayDefine ? null : { kind: 'paragraph', from: at, to, next: to + 1 };
}

/** Up to a line at the margin that no list, quote or HTML before it can hold. */
function otherAt(source: string, at: number): MarkdownPart {
  let isAfterBlank = false;
  for (let line = at; line < source.length; line = lineEnd(source, line) + 1) {
    if (isAfterBlank && isOutside(source, line)) return otherPart(at, line);
    if (begins(LONG_BLOCK, source, line)) break;
    isAfterBlank = begins(BLANK, source, line);
  }
  return otherPart(at, source.length);
}

function otherPart(from: number, to: number): MarkdownPart {
  return { kind: 'other', from, to, next: to };
}

function isOfParagraph(source: string, line: number): boolean {
  const code = source.charCodeAt(line);
  if (TELLING.has(code)) return false;
  if (code === 42 /* * */ || code === 95 /* _ */) return begins(EMPHASIS, source, line);
  if (code === 96 /* ` */) return !source.startsWith('```', line);
  return !isDigit(code) || !begins(NUMBER, source, line);
}

/** Of a line behind a blank one. */
function isOutside(source: string, line: number): boolean {
  const code = source.charCodeAt(line);
  if (CONTINUES.has(code)) return false;
  if (code === 42 /* * */) return begins(EMPHASIS, source, line);
  return !isDigit(code) || !begins(NUMBER, source, line);
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

function begins(sticky: RegExp, source: string, at: number): boolean {
  sticky.lastIndex = at;
  return sticky.test(source);
}

/** Where the line ends that `at` lies in, before its mark. */
function lineEnd(source: string, at: number): number {
  const end = source.indexOf('\n', at);
  return end < 0 ? source.length : end;
}
