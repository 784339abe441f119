// Plain transcripts: lines with a time before their words.

const TIMED_LINE = /^[[(]?(?:\d{1,2}:)?\d{1,2}:\d{2}(?:\.\d+)?[\])]?[\s:–-]+\S/gm;
const FEWEST_TIMED_LINES = 3;

/** Whether so many lines begin with a time that it can't be the beginning of a sentence. */
export function hasTimedLines(text: string): boolean {
  return (text.match(TIMED_LINE) ?? []).length >= FEWEST_TIMED_LINES;
}
