// How good one must be to be among the best so many: told without putting all in order.

/**
 * The n-th largest of some numbers, none of them NaN; −Infinity where there are fewer. On average in linear time.
 * C. A. R. Hoare, Algorithm 65: FIND (1961).
 */
export function nthLargest(numbers: Float64Array, n: number): number {
  if (n > numbers.length) return -Infinity;
  const held = numbers.slice();
  const wanted = held.length - n;
  let low = 0;
  let high = held.length - 1;
  while (low < high) {
    const pivot = held[(low + high) >> 1]!;
    let left = low;
    let right = high;
    while (left <= right) {
      while (held[left]! < pivot) left++;
      while (held[right]! > pivot) right--;
      if (left > right) break;
      const moved = held[left]!;
      held[left++] = held[right]!;
      held[right--] = moved;
    }
    if (wanted <= right) high = right;
    else if (wanted >= left) low = left;
    else break;
  }
  return held[wanted]!;
}
