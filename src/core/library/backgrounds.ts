// The background of the library that answers: measured at its first question, and anew as posts and vectors come and go.
import { postId } from '../post.ts';
import type { Background } from '../rank/trust.ts';
import { onScale } from '../search/fusion.ts';
import type { Parts } from './assemble.ts';
import { drawSample, measureBackground, OPENING_PASSAGES, type DrawnVectors } from './background.ts';
import type { Space } from './space.ts';

/** While posts are still being embedded, what was measured holds until posts or vectors have changed by this share. */
const CHANGED = 0.5;

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
    const drawn = await this.#parts.store.posts.getMany(drawSample(space.catalogue.ids()).map(postId));
    const background = measureBackground(
      drawn.map(({ post }) => post),
      this.#parts.lexical,
      vectorsOf,
    );
    this.#measured = { space, posts, vectors, complete, compared, background };
    return background;
  }
}

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
