// Where a number stands, or would stand, among others in order.

/**
 * Index of the first number that is not smaller than `value`, in ascending numbers; their length when all are smaller.
 * Those before `from` must be smaller; one that is near is found soonest.
 */
export function firstAtLeast(numbers: ArrayLike<number>, value: number, from = 0): number {
  let low = from;
  let high = numbers.length;
  if (from > 0) {
    for (let step = 1; low + step < high; step *= 2) {
      if (numbers[low + step]! >= value) high = low + step;
      else low += step;
    }
  }
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
