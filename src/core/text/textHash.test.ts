// Equal for equal texts, different for near ones.
import { describe, expect, it } from 'vitest';
import { textHash } from './textHash.ts';

describe('textHash', () => {
  it('is equal for equal texts and an exact integer', () => {
    expect(textHash('a text')).toBe(textHash(['a', 'text'].join(' ')));
    expect(Number.isSafeInteger(textHash('é'.repeat(1000)))).toBe(true);
  });

  it('differs for small changes, order and length', () => {
    const texts = ['', ' ', 'ab', 'ba', 'abc', 'ab ', 'aB', '\u0000', '\u0000\u0000'];
    expect(new Set(texts.map(textHash)).size).toBe(texts.length);
  });

  it('finds 200,000 near texts all different, in both halves of its bits', () => {
    const hashes = Array.from({ length: 200_000 }, (_, n) => textHash(`The boat of ${n} o'clock`));
    expect(new Set(hashes).size).toBe(hashes.length);
    // Birthday bound: about 5 collisions expected in 32 bits.
    expect(new Set(hashes.map((hash) => hash % 2 ** 32)).size).toBeGreaterThan(199_900);
  });
});
