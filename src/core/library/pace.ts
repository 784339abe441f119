// How fast the models embed on this device and how many tokens a post has, as measured; what is not measured yet is derived.
import type { ListedModel } from '../model/modelList.ts';
import type { SettingsRepository } from '../store/settings.ts';

/** Tokens in the passages of a post until posts were embedded here. On six blogs it is 655 on average: 147 of notes, 2,961 of release posts. */
export const TOKENS_PER_POST = 600;
/** Fewer than these say too little: the measure of the probes is better. */
const ENOUGH_TOKENS = 3_000;
const ENOUGH_POSTS = 10;
const KEY = 'tokens per post';

interface Sum {
  tokens: number;
  ms: number;
}

export class Pace {
  readonly #settings: SettingsRepository;
  readonly #probed = new Map<string, number>();
  readonly #embedded = new Map<string, Sum>();
  #posts = 0;
  #tokens = 0;
  #before: number | null = null;

  constructor(settings: SettingsRepository) {
    this.#settings = settings;
  }

  /** What earlier visits have found. */
  async load(): Promise<void> {
    this.#before = await this.#settings.get(KEY, (value) => (typeof value === 'number' && value > 0 ? value : null));
  }

  async save(): Promise<void> {
    if (this.#posts >= ENOUGH_POSTS) await this.#settings.put(KEY, this.tokensPerPost);
  }

  notePost(tokens: number): void {
    if (tokens <= 0) return;
    this.#posts++;
    this.#tokens += tokens;
  }

  noteProbes(model: string, tokensPerSecond: number | null): void {
    if (tokensPerSecond !== null) this.#probed.set(model, tokensPerSecond);
  }

  noteEmbedded(model: string, tokens: number, ms: number): void {
    const sum = this.#embedded.get(model) ?? { tokens: 0, ms: 0 };
    this.#embedded.set(model, { tokens: sum.tokens + tokens, ms: sum.ms + ms });
  }

  get tokensPerPost(): number {
    if (this.#posts >= ENOUGH_POSTS) return this.#tokens / this.#posts;
    return this.#before ?? TOKENS_PER_POST;
  }

  /** Tokens a second, from the model itself or, by their layers, from another of the list; null before any was measured. */
  tokensPerSecond(model: ListedModel, list: readonly ListedModel[]): number | null {
    const own = this.#measured(model.id);
    if (own !== null) return own;
    for (const other of list) {
      const rate = this.#measured(other.id);
      if (rate !== null) return derivedRate(rate, other, model);
    }
    return null;
  }

  #measured(id: string): number | null {
    const { tokens, ms } = this.#embedded.get(id) ?? { tokens: 0, ms: 0 };
    return tokens >= ENOUGH_TOKENS && ms > 0 ? (tokens / ms) * 1000 : (this.#probed.get(id) ?? null);
  }
}

/** What a model of other layers and the same width would reach. */
export function derivedRate(tokensPerSecond: number, measured: ListedModel, wanted: ListedModel): number {
  return (tokensPerSecond * measured.layers) / wanted.layers;
}
