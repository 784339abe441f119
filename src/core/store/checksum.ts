// A number over bytes by which damage on the disk is noticed; nobody's secret hangs on it.

/** Mixes four bytes at a time with the prime of FNV-1a: finds torn, flipped and missing bytes, which is all it is for. */
export function checksum(parts: readonly ArrayBufferView[]): number {
  let hash = 0x811c9dc5;
  for (const { buffer, byteOffset, byteLength } of parts) {
    const words = byteLength >> 2;
    // A view into a larger buffer may start between words.
    const aligned = byteOffset % 4 === 0;
    const from = aligned ? byteOffset : 0;
    const memory = aligned ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
    const view = new Uint32Array(memory, from, words);
    for (let at = 0; at < words; at++) {
      hash = Math.imul(hash ^ (view[at] ?? 0), 0x01000193);
      // A product carries upwards only: without this, what the highest bits say would soon be forgotten.
      hash ^= hash >>> 15;
    }
    for (const byte of new Uint8Array(memory, from + words * 4, byteLength - words * 4)) {
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    hash = Math.imul(hash ^ byteLength, 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}
