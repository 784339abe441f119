// WebAssembly text into bytes, outside the browser.
import loadWabt from 'wabt';
import { gemmSource, nameOf, type GemmKind } from './gemmSource.ts';

/** The kernel's module. */
export async function compileGemm(kind: GemmKind): Promise<Uint8Array> {
  const wabt = await loadWabt();
  const features = { simd: true, relaxed_simd: true };
  const parsed = wabt.parseWat(`${nameOf(kind)}.wat`, gemmSource(kind), features);
  parsed.validate();
  const { buffer } = parsed.toBinary({});
  parsed.destroy();
  return Uint8Array.from(buffer);
}
