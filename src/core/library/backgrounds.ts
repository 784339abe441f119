// The background of the library that answers: measured at its first question, and anew once many posts or vectors came or went.
import { postId } from '../post.ts';
import type { Background } from '../rank/trust.ts';
import { onScale } from '../search/fusion.ts';
import type { Parts } from './assemble.ts';
import { drawSample, measureBackground, OPENING_PASSAGES, type DrawnVectors } from './background.ts';
import type { Space } from './space.ts';

/** What was measured holds until posts or vectors have changed by this share, or the last vector has come. */
const CHANGED = 0.5;

interface Measured {
  space: Space;
  posts: number;
  vectors: number;
  complete: boolean;
  background: Background;
}

export class Backgrounds {
  readonly #parts: Pick<Parts, 'lexical' | 'store'>;
  #measured: Measured | null = null;

  constructor(parts: Pick<Parts, 'lexical' | 'store'>) {
    this.#parts = parts;
  }

  /** Of the posts of a space as they are, or nearly. */
  async of(space: Space): Promise<Background> {
    const { posts, vectors, passages } = space.catalogue.counts;
    const complete = vectors === passages;
    const known = this.#measured;
    if (known?.space === space && known.complete === complete) {
      if (isNear(known.posts, posts) && isNear(known.vectors, vectors)) return known.background;
    }
    const drawn = await this.#parts.store.posts.getMany(drawSample(space.catalogue.ids()).map(postId));
    const background = measureBackground(
      drawn.map(({ post }) => post),
      this.#parts.lexical,
      drawnVectors(space),
    );
    this.#measured = { space, posts, vectors, complete, background };
    return background;
  }
}

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
