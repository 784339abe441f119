// How much of what one text says the other says too, from the cosines of their passages.

/**
 * The mean of what each passage of one text finds in the other at best, in the better of the two directions, so that a
 * shortened text is as near as a whole one. `cosines` has one row for each of the `rows` passages of the one; null for none.
 */
export function meaningBetween(cosines: ArrayLike<number>, rows: number): number | null {
  if (rows === 0 || cosines.length === 0) return null;
  const columns = cosines.length / rows;
  const bestOfRow = new Float64Array(rows).fill(-Infinity);
  const bestOfColumn = new Float64Array(columns).fill(-Infinity);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const cosine = cosines[row * columns + column] ?? -Infinity;
      bestOfRow[row] = Math.max(bestOfRow[row] ?? cosine, cosine);
      bestOfColumn[column] = Math.max(bestOfColumn[column] ?? cosine, cosine);
    }
  }
  return Math.max(mean(bestOfRow), mean(bestOfColumn));
}

const mean = (values: Float64Array): number => values.reduce((all, one) => all + one, 0) / values.length;
