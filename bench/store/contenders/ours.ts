// Kindred's own storage: written through its repositories, and reopened as the page opens it, with a model that is ready at once.
import { anyPost } from '../../../src/core/libraryApi.ts';
import { spaceKey } from '../../../src/core/embedding.ts';
import { createLibrary } from '../../../src/core/library.ts';
import { lastSpaceRow } from '../../../src/core/library/lastSpace.ts';
import { ruleFor } from '../../../src/core/library/preparePost.ts';
import { revisionOf, wordCount } from '../../../src/core/library/revision.ts';
import { postId, type Post } from '../../../src/core/post.ts';
import { quantise } from '../../../src/core/search/quantise.ts';
import { openStore } from '../../../src/core/store/openStore.ts';
import type { StoredPost } from '../../../src/core/store/schema.ts';
import { textHash } from '../../../src/core/text/textHash.ts';
import { benchEmbedder, benchSupply, MAX_TOKENS } from '../benchModel.ts';
import type { StoreContender, StoredBenchPost, StoreInput } from '../contender.ts';
import { OURS } from '../names.ts';

/** As an import writes them. */
const POSTS_PER_WRITE = 50;

/** `rowsPerWrite`: vectors that are handed over at once. */
function oursWriting(name: string, rowsPerWrite: number): StoreContender {
  return {
    name,
    limit: Infinity,
    async write({ posts, rows, dimension }: StoreInput, check) {
      const store = await openStore();
      const embedder = benchEmbedder({ dimension, vectorOf: () => rows });
      const rule = ruleFor({ embedder, maxTokens: MAX_TOKENS });
      const key = spaceKey(embedder.space);
      const stored = posts.map(toStored);
      const started = performance.now();
      for (let from = 0; from < stored.length; from += POSTS_PER_WRITE) {
        await store.posts.put(stored.slice(from, from + POSTS_PER_WRITE));
        check(from);
      }
      const ids: number[] = [];
      for (let from = 0; from < posts.length; from += POSTS_PER_WRITE) {
        const records = await Promise.all(
          posts.slice(from, from + POSTS_PER_WRITE).map(({ id, text, passages }, nth) => {
            const cut = passages.map(([start, end]) => ({
              start,
              end,
              startS: null,
              hash: textHash(text.slice(start, end)),
            }));
            return store.passages.replace(postId(id), stored[from + nth]!.revision, rule, cut);
          }),
        );
        for (const record of records) ids.push(...(record?.ids ?? []));
        check(from);
      }
      const { key: last, value } = lastSpaceRow({ space: embedder.space, rule });
      await store.settings.put(last, value);
      const between = performance.now();
      for (let from = 0; from < ids.length; from += rowsPerWrite) {
        const to = Math.min(from + rowsPerWrite, ids.length);
        const { values, scales } = quantise(rows.subarray(from * dimension, to * dimension), dimension);
        await store.vectors.append(key, dimension, {
          ids: Uint32Array.from(ids.slice(from, to)),
          codes: values,
          scales,
        });
        check(from);
      }
      const ended = performance.now();
      await store.close();
      return { others: between - started, vectors: ended - between };
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

function toStored({ id, title, summary, text, tags, date, url, links, passages }: StoredBenchPost): StoredPost {
  const post: Post = {
    id: postId(id),
    kind: 'post',
    title,
    summary,
    date,
    url,
    authors: [],
    tags,
    series: null,
    source: 'bench',
    durationS: null,
    text,
    blocks: passages.map(([start, end]) => ({ kind: 'paragraph', start, end })),
    links: links.map(({ href }) => ({ start: 0, end: 1, href })),
  };
  return { id: post.id, revision: revisionOf(post), words: wordCount(text), importedAt: 0, post };
}
