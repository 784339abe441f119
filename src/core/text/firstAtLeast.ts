// Where a number stands, or would stand, among others in order.

/** Index of the first number that is not smaller than `value`, in ascending numbers; their length when all are smaller. */
export function firstAtLeast(numbers: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
