// Kindred's own storage: written through its repositories, and reopened as the page opens it, with a model that is ready at once.
import { anyPost } from '../../../src/core/libraryApi.ts';
import { createLibrary } from '../../../src/core/library.ts';
import { openStore } from '../../../src/core/store/openStore.ts';
import { benchEmbedder, benchSupply, MAX_TOKENS } from '../benchModel.ts';
import type { StoreContender, StoreInput } from '../contender.ts';
import { OURS } from '../names.ts';
import { writePosts } from '../writePosts.ts';

/** `rowsPerWrite`: vectors that are handed over at once. */
function oursWriting(name: string, rowsPerWrite: number): StoreContender {
  return {
    name,
    limit: Infinity,
    async write({ posts, rows, dimension }: StoreInput, check) {
      const store = await openStore();
      const embedder = benchEmbedder({ dimension, vectorOf: () => rows });
      const times = await writePosts(
        store,
        { embedder, maxTokens: MAX_TOKENS },
        { posts, rows },
        { rowsPerWrite, check },
      );
      await store.close();
      return times;
    },
    async reopen({ title, text, vector }, dimension) {
      const supply = benchSupply({ dimension, vectorOf: () => vector });
      const started = performance.now();
      const library = createLibrary({ models: () => supply, demoUrl: '/none' });
      await library.open();
      const query = { title, body: text, caret: null, ownPost: null, amount: 'more', only: anyPost } as const;
      const byWords = await library.suggest(query);
      const words = performance.now() - started;
      await isReady(library);
      const byBoth = await library.suggest(query);
      const vectors = performance.now() - started;
      if (byWords.basis !== 'words' || byBoth.basis !== 'words-and-meaning')
        throw new Error(`Answered by ${byWords.basis}, then by ${byBoth.basis}.`);
      await library.close();
      return {
        words,
        vectors,
        found: { words: byWords.draft[0]?.post ?? null, vectors: byBoth.draft[0]?.post ?? '' },
      };
    },
  };
}

export const ours = oursWriting(OURS, Infinity);
export const oursByTheQueue = oursWriting(`${OURS}, 128 vectors at a time`, 128);

async function isReady(library: ReturnType<typeof createLibrary>): Promise<void> {
  while ((await library.status()).model.state !== 'ready') await new Promise((resolve) => setTimeout(resolve));
}
