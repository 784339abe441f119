// Which of several fits is for the library, or the answer, at hand.

/** The one that was fitted with just these optional groups. Throws when there is none, which no build ships. */
export function fittedWith<Fit extends { with: readonly string[] }>(
  fits: readonly Fit[],
  groups: readonly string[],
  file: string,
): Fit {
  const found = fits.find(
    (one) => one.with.length === groups.length && groups.every((group) => one.with.includes(group)),
  );
  if (found === undefined) throw new RangeError(`${file} has nothing for ${groups.join(', ')}.`);
  return found;
}
