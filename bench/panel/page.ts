// Fills the database of its origin with a large library, in the embedding space of the model that the site would take.
import { openStore } from '../../src/core/store/openStore.ts';
import type { StoredBenchPost } from '../store/contender.ts';
import { writePosts } from '../store/writePosts.ts';
import { passagesOf, start } from '../trust/start.ts';
import { variedRows } from './variedRows.ts';

/** Real passages whose vectors the others are varied from. */
const EMBEDDED = 256;
const AT_ONCE = 16;
/** As the queue hands them over. */
const ROWS_PER_WRITE = 512;

class PanelBench {
  readonly #posts: StoredBenchPost[] = [];

  take(posts: readonly StoredBenchPost[]): void {
    this.#posts.push(...posts);
  }

  /** Writes what was taken. Returns passages and what model they are of. */
  async seed(seed: number): Promise<{ passages: number; model: string; dimension: number }> {
    const posts = this.#posts;
    const embedder = await start();
    try {
      const texts = posts.map(({ text }) => text);
      const real = await passagesOf(embedder, texts, EMBEDDED);
      const { dimension, model } = embedder.space;
      const base = new Float32Array(real.length * dimension);
      for (let from = 0; from < real.length; from += AT_ONCE)
        base.set(await embedder.embed(real.slice(from, from + AT_ONCE), { lane: 'queue' }), from * dimension);
      const passages = posts.reduce((sum, post) => sum + post.passages.length, 0);
      const rows = variedRows(base, passages, dimension, seed);
      const store = await openStore();
      await writePosts(
        store,
        { embedder, maxTokens: embedder.maxTokens },
        { posts, rows },
        { rowsPerWrite: ROWS_PER_WRITE },
      );
      await store.close();
      return { passages, model, dimension };
    } finally {
      embedder.dispose();
    }
  }
}

const bench = new PanelBench();

declare global {
  interface Window {
    panelBench: typeof bench;
  }
}

window.panelBench = bench;
