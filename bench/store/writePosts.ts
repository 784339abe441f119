// Posts with the vectors of their passages, written through the library's own repositories as an import and the queue write them.
import { spaceKey } from '../../src/core/embedding.ts';
import { lastSpaceRow } from '../../src/core/library/lastSpace.ts';
import type { ReadyModel } from '../../src/core/library/modelPort.ts';
import { ruleFor } from '../../src/core/library/preparePost.ts';
import { revisionOf, wordCount } from '../../src/core/library/revision.ts';
import { postId, type Post } from '../../src/core/post.ts';
import { quantise } from '../../src/core/search/quantise.ts';
import type { Store } from '../../src/core/store/openStore.ts';
import type { StoredPost } from '../../src/core/store/schema.ts';
import { textHash } from '../../src/core/text/textHash.ts';
import type { StoreInput, StoredBenchPost, WriteTimes } from './contender.ts';

/** As an import writes them. */
const POSTS_PER_WRITE = 50;

export interface WriteOptions {
  /** Vectors that are handed over at once. */
  rowsPerWrite: number;
  /** Throws when it has taken too long. */
  check?: (done: number) => void;
}

/** Into an empty store; the library that opens it next finds everything read by this model. */
export async function writePosts(
  store: Store,
  model: Pick<ReadyModel, 'embedder' | 'maxTokens'>,
  { posts, rows }: Pick<StoreInput, 'posts' | 'rows'>,
  { rowsPerWrite, check = () => undefined }: WriteOptions,
): Promise<WriteTimes> {
  const { space } = model.embedder;
  const { dimension } = space;
  const rule = ruleFor(model);
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
  const { key: last, value } = lastSpaceRow({ space, rule });
  await store.settings.put(last, value);
  const between = performance.now();
  for (let from = 0; from < ids.length; from += rowsPerWrite) {
    const to = Math.min(from + rowsPerWrite, ids.length);
    const { values, scales } = quantise(rows.subarray(from * dimension, to * dimension), dimension);
    await store.vectors.append(spaceKey(space), dimension, {
      ids: Uint32Array.from(ids.slice(from, to)),
      codes: values,
      scales,
    });
    check(from);
  }
  return { others: between - started, vectors: performance.now() - between };
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
  // Told already, as of a library that was opened before: telling all of them would be in the way of what is measured.
  return { id: post.id, revision: revisionOf(post), words: wordCount(text), importedAt: 0, language: 'en', post };
}
