// Pairs of posts that the author lets stand side by side, remembered from visit to visit.
import { InTurn } from './inTurn.ts';
import { postId, type PostId } from '../post.ts';
import type { SettingsRepository } from '../store/settings.ts';

export const IGNORED_PAIRS_KEY = 'pairs that may say the same';

export class IgnoredPairs {
  readonly #settings: SettingsRepository;
  /** Writes one after the other: each begins with what the one before has stored. */
  readonly #turn = new InTurn();

  constructor(settings: SettingsRepository) {
    this.#settings = settings;
  }

  /** By `pairKey`. */
  async all(): Promise<Set<string>> {
    return new Set((await this.#settings.get(IGNORED_PAIRS_KEY, parsePairs)) ?? []);
  }

  set(pair: readonly [PostId, PostId], ignored: boolean): Promise<void> {
    return this.#turn.run(async () => {
      const keys = await this.all();
      if (ignored) keys.add(pairKey(pair));
      else keys.delete(pairKey(pair));
      await this.#settings.put(IGNORED_PAIRS_KEY, [...keys]);
    });
  }
}

/** The same for both orders. */
export const pairKey = (pair: readonly [PostId, PostId]): string => JSON.stringify([...pair].sort());

/** The pair that a key of `pairKey` is of; null for anything else. */
export function pairOf(key: string): [PostId, PostId] | null {
  try {
    const [a, b]: unknown[] = JSON.parse(key) as unknown[];
    return typeof a === 'string' && typeof b === 'string' ? [postId(a), postId(b)] : null;
  } catch {
    return null;
  }
}

export const parsePairs = (value: unknown): string[] | null =>
  Array.isArray(value) ? value.filter((key) => typeof key === 'string') : null;
