// The background of the library that answers: measured at its first question, and anew as posts and vectors come and go.
import type { SpaceKey } from '../embedding.ts';
import { postId } from '../post.ts';
import type { Background } from '../rank/trust.ts';
import { onScale } from '../search/fusion.ts';
import type { Parts } from './assemble.ts';
import { drawSample, measureBackground, OPENING_PASSAGES, type DrawnVectors } from './background.ts';
import type { Space } from './space.ts';

/** While posts are still being embedded, what was measured holds until posts or vectors have changed by this share. */
const CHANGED = 0.5;

/** Settings that keep what was measured of a complete library, by what it was compared by: a reload finds the same. */
const KEPT = { words: 'background by words', meaning: 'background by meaning' };

interface Measured {
  space: Space;
  posts: number;
  vectors: number;
  complete: boolean;
  /** With vectors, or by words alone while the model is still to come. */
  compared: boolean;
  background: Background;
}

export class Backgrounds {
  readonly #parts: Pick<Parts, 'lexical' | 'store'>;
  #measured: Measured | null = null;

  constructor(parts: Pick<Parts, 'lexical' | 'store'>) {
    this.#parts = parts;
  }

  /** Of the posts of a space: exactly, once all are embedded, so that a reload finds the same; until then nearly. */
  async of(space: Space): Promise<Background> {
    const { posts, vectors } = space.catalogue.counts;
    const complete = space.queue.state().waiting === 0;
    const vectorsOf = drawnVectors(space);
    const compared = vectorsOf !== null;
    const known = this.#measured;
    const holds = complete ? isSame : isNear;
    if (known?.space === space && known.complete === complete && known.compared === compared) {
      if (holds(known.posts, posts) && holds(known.vectors, vectors)) return known.background;
    }
    const kept = complete ? await this.#read({ space, posts, vectors, compared }) : null;
    const background = kept ?? (await this.#measure(space, vectorsOf));
    this.#measured = { space, posts, vectors, complete, compared, background };
    if (complete && kept === null) await this.#write(this.#measured).catch(() => undefined);
    return background;
  }

  async #measure(space: Space, vectorsOf: DrawnVectors | null): Promise<Background> {
    const drawn = await this.#parts.store.posts.getMany(drawSample(space.catalogue.ids()).map(postId));
    return measureBackground(
      drawn.map(({ post }) => post),
      this.#parts.lexical,
      vectorsOf,
    );
  }

  #read(measured: Comparable): Promise<Background | null> {
    const { catalogue } = measured.space;
    const wanted = keyOf(measured);
    return this.#parts.store.settings.get(measured.compared ? KEPT.meaning : KEPT.words, (value) => {
      if (typeof value !== 'object' || value === null) return null;
      const { background, ...key } = value as Kept;
      if ((Object.keys(wanted) as (keyof typeof wanted)[]).some((field) => wanted[field] !== key[field])) return null;
      return background.sample.every((id) => catalogue.get(postId(id)) !== undefined) ? background : null;
    });
  }

  #write(measured: Measured): Promise<void> {
    const kept: Kept = { ...keyOf(measured), background: measured.background };
    return this.#parts.store.settings.put(measured.compared ? KEPT.meaning : KEPT.words, kept);
  }
}

type Comparable = Omit<Measured, 'complete' | 'background'>;

interface Kept {
  space: SpaceKey | null;
  posts: number;
  vectors: number;
  background: Background;
}

/** What must be as it was: without vectors of the posts alone. */
const keyOf = ({ space, posts, vectors, compared }: Comparable): Omit<Kept, 'background'> =>
  compared ? { space: space.vectors.space, posts, vectors } : { space: null, posts, vectors: 0 };

const isSame = (before: number, now: number): boolean => before === now;
const isNear = (before: number, now: number): boolean => Math.abs(now - before) <= CHANGED * before;

function drawnVectors({ vectors, session }: Space): DrawnVectors | null {
  const { index } = vectors;
  const { ready } = session;
  if (index === null || ready === null) return null;
  const { dimension } = ready.embedder.space;
  return {
    passages: (id) => (index.rowsOf(id, OPENING_PASSAGES)?.rows.length ?? 0) / dimension,
    compare: (id, others) => {
      const rows = index.rowsOf(id, OPENING_PASSAGES);
      return rows === null ? new Map() : onScale(index.compare(rows, others), ready.cosines);
    },
  };
}
