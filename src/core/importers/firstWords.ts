// A title for what has none of its own.

const LONGEST = 80;

/** The first words of a text, at most 80 characters of its first line. */
export function firstWords(text: string): string {
  const line = text.slice(0, LONGEST * 2).split('\n', 1)[0] ?? '';
  if (line.length <= LONGEST) return line;
  return `${line.slice(0, LONGEST).replace(/\s+\S*$/, '')}…`;
}
