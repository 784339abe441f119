// Names and numbers of what was fitted, listed once: they are gone through for every candidate of every answer.

const known = new WeakMap<object, readonly (readonly [string, number])[]>();

/** As Object.entries. What is given must not change. */
export function entriesOf<Name extends string>(
  weights: Readonly<Partial<Record<Name, number>>>,
): readonly (readonly [Name, number])[] {
  let entries = known.get(weights);
  if (entries === undefined) known.set(weights, (entries = Object.entries<number>(weights as Record<Name, number>)));
  return entries as readonly (readonly [Name, number])[];
}
