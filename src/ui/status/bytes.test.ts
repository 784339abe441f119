import { expect, test } from 'vitest';
import { saidSize } from './bytes.ts';

test.each([
  [0, '0 B'],
  [812, '812 B'],
  [1_500, '1.5 kB'],
  [22_900_000, '22.9 MB'],
  [99_960, '100 kB'],
  [999_900, '1.0 MB'],
  [2_100_000_000, '2.1 GB'],
  [-5, '0 B'],
])('%i bytes are said as %s', (bytes, said) => {
  expect(saidSize(bytes)).toBe(said);
});
