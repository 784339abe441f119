// Answers the draft: words at once, meaning as soon as there are vectors on both sides, the newest question only.
import { isAbort, isKindredError, KindredError } from '../errors.ts';
import type { DraftQuery } from '../draft.ts';
import type { Anchor, SuggestionSet } from '../suggestion.ts';
import { anchorFinder } from '../rank/anchor.ts';
import { MS_A_DAY } from '../rank/postTraits.ts';
import type { PassageSource } from '../text/passage.ts';
import { draftToText } from '../text/structure/markdown.ts';
import { keepOnly } from '../text/structure/prose.ts';
import { postId, type PostId } from '../post.ts';
import { answerSource } from './answerSource.ts';
import type { Parts } from './assemble.ts';
import { Backgrounds } from './backgrounds.ts';
import type { DraftVectors } from './draftVectors.ts';
import type { Space } from './space.ts';
import { blockAt, paragraphText, sourceOf } from './draftParagraph.ts';

/** Suggestions for the draft, and for the paragraph. */
const MOST_FOR_DRAFT = 8;
const MOST_FOR_PARAGRAPH = 4;

export class Suggester {
  readonly #parts: Parts;
  readonly #now: () => number;
  readonly #vectors: DraftVectors;
  readonly #backgrounds: Backgrounds;
  /** By who asked. */
  readonly #latest = new Map<string, AbortController>();

  constructor(parts: Parts, vectors: DraftVectors, now: () => number) {
    this.#parts = parts;
    this.#vectors = vectors;
    this.#backgrounds = new Backgrounds(parts);
    this.#now = now;
  }

  /** Rejects as aborted when the signal aborts, or a newer call supersedes this one. */
  async suggest(query: DraftQuery, signal?: AbortSignal, asker = ''): Promise<SuggestionSet> {
    signal?.throwIfAborted();
    this.#latest.get(asker)?.abort();
    const stop = new AbortController();
    this.#latest.set(asker, stop);
    const onAbort = (): void => stop.abort(signal?.reason);
    signal?.addEventListener('abort', onAbort);
    try {
      return await this.#parts.foreground.run(() => this.#answerOnce(query, stop.signal));
    } finally {
      signal?.removeEventListener('abort', onAbort);
      if (this.#latest.get(asker) === stop) this.#latest.delete(asker);
    }
  }

  close(): void {
    for (const stop of this.#latest.values()) stop.abort();
  }

  async #answerOnce(query: DraftQuery, signal: AbortSignal): Promise<SuggestionSet> {
    // One space for all of it: another may take over while this is asked.
    const space = this.#parts.spaces.current;
    try {
      return await this.#answer(query, space, signal);
    } catch (error) {
      // The same model came back as another, say on another processor: what is open now answers.
      if (!isKindredError(error, 'space-mismatch')) throw error;
      return this.#answer(query, this.#parts.spaces.current, signal);
    }
  }

  async #answer(query: DraftQuery, space: Space, signal: AbortSignal): Promise<SuggestionSet> {
    const started = this.#now();
    // The end of the day, so that a draft gets one order all day long.
    const day = Math.floor(started / MS_A_DAY) + 1;
    const draft = draftToText(query.body);
    const whole: PassageSource = { title: query.title, summary: '', text: draft.text, blocks: draft.blocks };
    const block = blockAt(draft, query.caret);
    const text = paragraphText(draft, block);
    const paragraph: PassageSource | null = text === null ? null : { title: '', summary: '', text, blocks: [] };
    const asked = this.#now();
    const vectors = await this.#embed(space, whole, block?.[0] ?? 0, paragraph, signal);
    const embeddingMs = vectors === null ? 0 : this.#now() - asked;
    const links = draft.links.map((link) => link.href);
    const here = block === null ? '' : keepOnly(draft.prose, [sourceOf(draft, block)]);
    const { crossPosts } = this.#parts;
    // Another place of a post is no post of its own.
    const isOwn = (post: PostId): boolean =>
      (query.ownPost !== null && post === postId(query.ownPost)) || crossPosts.isPlace(post);
    const background = await this.#backgrounds.of(space);
    signal.throwIfAborted();
    const shared = { links, day, background, amount: query.amount, only: query.only };
    const forDraft = await answerSource(this.#parts, space, {
      ...whole,
      vectors: vectors?.whole ?? null,
      ...shared,
      sourceOf: (passage) => sourceOf(draft, passage),
      anchorOf: this.#anchors(draft.prose, query.body),
      accept: (post) => !isOwn(post),
      most: MOST_FOR_DRAFT,
      whole: true,
    });
    const shown = new Set(
      forDraft.flatMap(({ post, alike, series }) => [post, ...[...alike, ...series].map((other) => other.post)]),
    );
    const forParagraph =
      paragraph === null
        ? []
        : await answerSource(this.#parts, space, {
            ...paragraph,
            vectors: vectors?.paragraph ?? null,
            ...shared,
            sourceOf: () => sourceOf(draft, block ?? [0, 0]),
            anchorOf: this.#anchors(here, query.body),
            accept: (post) => !isOwn(post) && !shown.has(post),
            most: MOST_FOR_PARAGRAPH,
            whole: false,
          });
    signal.throwIfAborted();
    return {
      draft: forDraft,
      paragraph: forParagraph,
      basis: vectors === null ? 'words' : 'words-and-meaning',
      tookMs: this.#now() - started,
      embeddingMs,
    };
  }

  #anchors(prose: string, body: string): (title: string) => Anchor | null {
    const find = anchorFinder(prose, (term) => this.#parts.lexical.idf(term));
    return (title) => {
      const span = find(title);
      return span === null ? null : { start: span[0], end: span[1], text: body.slice(...span) };
    };
  }

  /** Null while there is nothing to compare with, or the model fails: then words alone answer. */
  async #embed(space: Space, whole: PassageSource, near: number, paragraph: PassageSource | null, signal: AbortSignal) {
    const { session, catalogue } = space;
    const { ready } = session;
    if (ready === null || catalogue.counts.vectors === 0) return null;
    try {
      const sources = [{ source: whole, near }, ...(paragraph === null ? [] : [{ source: paragraph, near: 0 }])];
      const [ofWhole = null, ofParagraph = null] = await this.#vectors.of(sources, ready, signal);
      return { whole: ofWhole, paragraph: ofParagraph };
    } catch (error) {
      signal.throwIfAborted();
      if (isAbort(error)) throw error;
      // Its model went with the change to another, which can answer.
      if (this.#parts.spaces.current !== space) throw spaceChanged(error);
      return null;
    }
  }
}

function spaceChanged(cause: unknown): KindredError {
  return new KindredError('space-mismatch', 'Another model has taken over; the draft is compared with its vectors.', {
    cause,
  });
}
