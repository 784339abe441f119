// The embedding space that the library was read with last: its vectors can be loaded while the model still is.
import { spaceKey, type EmbeddingSpace, type SpaceKey } from '../embedding.ts';
import type { MetaRow } from '../store/schema.ts';
import type { SettingsRepository } from '../store/settings.ts';

const KEY = 'last space';

export interface LastSpace {
  space: EmbeddingSpace;
  /** How its passages are cut. */
  rule: string;
}

export function readLastSpace(settings: SettingsRepository): Promise<LastSpace | null> {
  return settings.get(KEY, parseLastSpace);
}

export const lastSpaceRow = (last: LastSpace): MetaRow => ({ key: KEY, value: last });

/** For `settle`: holds while the library is still read with this space. */
export const stillIn = (key: SpaceKey): { key: string; holds: (value: unknown) => boolean } => ({
  key: KEY,
  holds: (value) => {
    const last = parseLastSpace(value);
    return last !== null && spaceKey(last.space) === key;
  },
});

/** A space that is none finds no vectors under its name: only what the index is built with must be right. */
function parseLastSpace(value: unknown): LastSpace | null {
  if (typeof value !== 'object' || value === null) return null;
  const { space, rule } = value as Partial<Record<keyof LastSpace, unknown>>;
  if (typeof space !== 'object' || space === null || typeof rule !== 'string') return null;
  const { dimension, prefix = '' } = space as Partial<Record<keyof EmbeddingSpace, unknown>>;
  if (typeof dimension !== 'number' || dimension < 16 || dimension % 16 !== 0) return null;
  // Stored before prefixes were: no model had one.
  return typeof prefix === 'string' ? { space: { ...(space as EmbeddingSpace), prefix }, rule } : null;
}
