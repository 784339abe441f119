// The embedding space of the last visit: its vectors can be loaded while the model still is.
import type { EmbeddingSpace } from '../embedding.ts';
import type { SettingsRepository } from '../store/settings.ts';

const KEY = 'last space';

export interface LastSpace {
  space: EmbeddingSpace;
  /** How its passages are cut. */
  rule: string;
}

export function readLastSpace(settings: SettingsRepository): Promise<LastSpace | null> {
  return settings.get(KEY, (value) => (isLastSpace(value) ? value : null));
}

export function writeLastSpace(settings: SettingsRepository, last: LastSpace): Promise<void> {
  return settings.put(KEY, last);
}

/** A space that is none finds no vectors under its name: only what the index is built with must be right. */
function isLastSpace(value: unknown): value is LastSpace {
  if (typeof value !== 'object' || value === null) return false;
  const { space, rule } = value as Partial<Record<keyof LastSpace, unknown>>;
  if (typeof space !== 'object' || space === null || typeof rule !== 'string') return false;
  const { dimension } = space as Partial<Record<keyof EmbeddingSpace, unknown>>;
  return typeof dimension === 'number' && dimension >= 16 && dimension % 16 === 0;
}
