import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomOf } from '../random.ts';
import { compileGemm } from './compileGemm.ts';
import { createGemm } from './gemm.ts';
import { nameOf, type GemmKind } from './gemmSource.ts';
import { product, randomMatrix } from './packed.ts';

const KINDS: GemmKind[] = [
  { dot: 'plain', vectors: 2 },
  { dot: 'plain', vectors: 3 },
  { dot: 'relaxed', vectors: 2 },
  { dot: 'relaxed', vectors: 3 },
];

for (const kind of KINDS) {
  test(`${nameOf(kind)} gives the product to the last bit`, async (context) => {
    const module = new Uint8Array(await compileGemm(kind));
    if (!WebAssembly.validate(module)) {
      console.warn(`NOT TESTED: this Node has no relaxed SIMD for ${nameOf(kind)}`);
      context.skip();
    }
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer(),
        (tiles, panels, seed) => {
          const random = randomOf(seed);
          const depth = 16 * tiles;
          const left = randomMatrix(4 * tiles, depth, [0, 127], random);
          const right = randomMatrix(depth, 4 * kind.vectors * panels, [-128, 127], random);
          const gemm = createGemm(module, kind, left, right);
          gemm.run();
          expect(gemm.sums()).toEqual(product(left, right));
        },
      ),
      { numRuns: 20 },
    );
  });
}
