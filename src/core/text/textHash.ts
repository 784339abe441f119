// A number for a text: equal texts have equal ones, and different ones differ but by rare chance. Not for secrets.

/**
 * 53 bits, so that it is an exact JavaScript number: two lanes over the UTF-16 code units, each ended by the mixing step of
 * MurmurHash3 (Appleby, 2011). Use it where a chance of one in 10^15 of a wrong "equal" does no harm.
 */
export function textHash(text: string): number {
  let low = 0x9e3779b9;
  let high = 0x85ebca6b;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul((high + unit) | 0, 0x27d4eb2f) ^ (high >>> 15);
  }
  return (mix(high ^ text.length) & 0x1fffff) * 0x1_0000_0000 + (mix(low) >>> 0);
}

function mix(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
