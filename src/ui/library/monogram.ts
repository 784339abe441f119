// Two letters for a name.

/** The first letters of its first two words, or the first two of its only one; in capitals. */
export function monogram(name: string): string {
  const [first = '', second] = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const lettersOf = (word: string): string[] => word.match(/./gu) ?? [];
  const letters = second === undefined ? lettersOf(first).slice(0, 2) : [lettersOf(first)[0], lettersOf(second)[0]];
  return letters.join('').toUpperCase();
}
