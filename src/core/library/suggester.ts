// Answers the draft: words at once, meaning as soon as there are vectors on both sides, the newest question only.
import { isAbort } from '../errors.ts';
import type { DraftQuery } from '../draft.ts';
import type { SuggestionSet } from '../suggestion.ts';
import type { PassageSource } from '../text/passages.ts';
import { draftToText } from '../text/structure/markdown.ts';
import type { Parts } from './assemble.ts';
import { DraftVectors } from './draftVectors.ts';
import { paragraphAt } from './paragraphAt.ts';
import { rankPosts } from './rankPosts.ts';

/** Suggestions for the draft, and for the paragraph. */
const MOST_FOR_DRAFT = 8;
const MOST_FOR_PARAGRAPH = 4;

export class Suggester {
  readonly #parts: Parts;
  readonly #now: () => number;
  readonly #vectors = new DraftVectors();
  #latest: AbortController | null = null;

  constructor(parts: Parts, now: () => number) {
    this.#parts = parts;
    this.#now = now;
  }

  /** Rejects as aborted when the signal aborts, or a newer call supersedes this one. */
  async suggest(query: DraftQuery, signal?: AbortSignal): Promise<SuggestionSet> {
    signal?.throwIfAborted();
    this.#latest?.abort();
    const stop = new AbortController();
    this.#latest = stop;
    const onAbort = (): void => stop.abort(signal?.reason);
    signal?.addEventListener('abort', onAbort);
    try {
      return await this.#answer(query, stop.signal);
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  close(): void {
    this.#latest?.abort();
  }

  async #answer(query: DraftQuery, signal: AbortSignal): Promise<SuggestionSet> {
    const started = this.#now();
    const draft = draftToText(query.body);
    const whole: PassageSource = { title: query.title, summary: '', text: draft.text, blocks: draft.blocks };
    const text = paragraphAt(draft, query.caret);
    const paragraph: PassageSource | null = text === null ? null : { title: '', summary: '', text, blocks: [] };
    const vectors = await this.#embed(whole, paragraph, signal);
    const links = new Set(draft.links.map((link) => link.href));
    const common = { parts: this.#parts, ownPost: query.ownPost, links, signal };
    const forDraft = await rankPosts({
      ...common,
      source: whole,
      vectors: vectors?.whole ?? null,
      most: MOST_FOR_DRAFT,
    });
    const shown = new Set(forDraft.map((suggestion) => suggestion.post));
    const forParagraph =
      paragraph === null
        ? []
        : await rankPosts({
            ...common,
            source: paragraph,
            vectors: vectors?.paragraph ?? null,
            most: MOST_FOR_PARAGRAPH,
            except: shown,
          });
    signal.throwIfAborted();
    return {
      draft: forDraft,
      paragraph: forParagraph,
      basis: vectors === null ? 'words' : 'words-and-meaning',
      tookMs: this.#now() - started,
    };
  }

  /** Null while there is nothing to compare with, or the model fails: then words alone answer. */
  async #embed(whole: PassageSource, paragraph: PassageSource | null, signal: AbortSignal) {
    const { model, catalogue } = this.#parts;
    const { ready } = model;
    if (ready === null || catalogue.counts.vectors === 0) return null;
    try {
      return {
        whole: await this.#vectors.of(whole, ready, signal),
        paragraph: paragraph === null ? null : await this.#vectors.of(paragraph, ready, signal),
      };
    } catch (error) {
      signal.throwIfAborted();
      if (isAbort(error)) throw error;
      return null;
    }
  }
}
