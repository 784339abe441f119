import type { CosineScale } from '../core/embedding.ts';

/** Of fake models, and of the small ones with random weights. */
export const COSINES: CosineScale = { unrelated: 0.4, usual: 0.64, same: 0.95 };
