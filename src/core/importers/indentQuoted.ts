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

function closes(text: string, quote: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (quote === '"' && char === '\\') i++;
    else if (char === quote && quote === "'" && text.charAt(i + 1) === quote) i++;
    else if (char === quote) return true;
  }
  return false;
}
