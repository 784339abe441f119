// Repairs the one thing that Jekyll, Hugo and Eleventy all accept in front matter and YAML 1.2 does not.

const OPENS_QUOTE = /^\s*(?:[\w-]+:|-)\s+(["'])/;

/** YAML whose quoted values run over lines without indentation, with those lines indented; the number of lines stays. */
export function indentQuoted(yaml: string): string {
  let quote = '';
  return yaml
    .split('\n')
    .map((line) => {
      if (quote === '') {
        const opening = OPENS_QUOTE.exec(line);
        const mark = opening?.[1] ?? '';
        if (opening !== null && !closes(line.slice(opening[0].length), mark)) quote = mark;
        return line;
      }
      if (closes(line, quote)) quote = '';
      return `  ${line}`;
    })
    .join('\n');
}

/** The line, from 1, that opens a quote which nothing closes; null where all are closed. */
export function unclosedQuoteLine(yaml: string): number | null {
  let quote = '';
  let openedAt = 0;
  yaml.split('\n').forEach((line, index) => {
    const opening = quote === '' ? OPENS_QUOTE.exec(line) : null;
    if (opening !== null) {
      quote = opening[1] ?? '';
      openedAt = index + 1;
    }
    if (quote !== '' && closes(opening === null ? line : line.slice(opening[0].length), quote)) quote = '';
  });
  return quote === '' ? null : openedAt;
}

function closes(text: string, quote: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (quote === '"' && char === '\\') i++;
    else if (char === quote && quote === "'" && text.charAt(i + 1) === quote) i++;
    else if (char === quote) return true;
  }
  return false;
}
