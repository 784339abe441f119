// The part of a passage that is shown: where the shared terms stand closest together.
import type { Span } from '../../../core/index.ts';

export interface Run {
  text: string;
  marked: boolean;
}

export interface Excerpt {
  runs: Run[];
  cutBefore: boolean;
  cutAfter: boolean;
}

/** At most about `most` characters of `text` around its densest marks, cut between words. Marks are offsets into `text`. */
export function excerpt(text: string, marks: readonly Span[], most: number): Excerpt {
  const from = text.length <= most ? 0 : wordStart(text, densest(marks, most, text.length));
  const to = text.length - from <= most ? text.length : wordEnd(text, from + most);
  const runs: Run[] = [];
  const add = (start: number, end: number, marked: boolean): void => {
    const part = text.slice(Math.max(from, start), Math.min(to, end));
    if (part !== '' && Math.max(from, start) < Math.min(to, end)) runs.push({ text: part, marked });
  };
  let at = from;
  for (const [start, end] of marks) {
    add(at, start, false);
    add(Math.max(at, start), end, true);
    at = Math.max(at, end);
  }
  add(at, to, false);
  return { runs, cutBefore: from > 0, cutAfter: to < text.length };
}

/** Where a window of `most` characters holds the most marks; a little room is left before the first of them. */
function densest(marks: readonly Span[], most: number, length: number): number {
  let best = 0;
  let bestCount = 0;
  for (const [start] of marks) {
    const inside = marks.filter(([first, last]) => first >= start && last <= start + most * 0.85).length;
    if (inside > bestCount) {
      bestCount = inside;
      best = start;
    }
  }
  const lead = Math.round(most * 0.15);
  return Math.max(0, Math.min(best - lead, length - most));
}

function wordStart(text: string, offset: number): number {
  if (offset === 0) return 0;
  const sentence = /[.!?]["”’)]*\s+(?=\S)/g;
  // A sentence that begins nearby is a better start than any word.
  for (const match of text.slice(Math.max(0, offset - 40), offset + 40).matchAll(sentence)) {
    return Math.max(0, offset - 40) + match.index + match[0].length;
  }
  const space = text.indexOf(' ', offset);
  return space === -1 ? offset : space + 1;
}

function wordEnd(text: string, offset: number): number {
  if (offset >= text.length) return text.length;
  const space = text.lastIndexOf(' ', offset);
  return space <= 0 ? offset : space;
}
