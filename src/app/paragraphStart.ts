// Which paragraph a caret is in.

/** Offset of the paragraph that holds `caret`: the text after the last blank line before it. Offsets in UTF-16 code units. */
export function paragraphStart(body: string, caret: number): number {
  const before = body.slice(0, caret);
  let start = 0;
  for (const match of before.matchAll(/\n[ \t]*\n/g)) start = match.index + match[0].length;
  return start;
}
