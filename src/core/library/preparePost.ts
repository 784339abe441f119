// From a stored post to the passages that still lack a vector: cut, given ids, and what the disk already has recalled.
import type { Embedder } from '../embedding.ts';
import type { OpenPassage } from '../ingest/ingestQueue.ts';
import type { PostId } from '../post.ts';
import type { Store } from '../store/openStore.ts';
import { cutPassages, passageRule } from '../text/passages.ts';
import { textHash } from '../text/textHash.ts';
import type { Catalogue } from './catalogue.ts';
import type { ReadyModel } from './modelPort.ts';
import type { VectorHold } from './vectorHold.ts';

export interface PreparePorts {
  store: Store;
  catalogue: Catalogue;
  vectors: VectorHold;
}

/** Name of how a model's passages are cut: the rule, and the limit it was given. */
export const ruleFor = ({ maxTokens }: Pick<ReadyModel, 'maxTokens'>): string => `${passageRule}/${maxTokens}`;

/** Null when the post is gone. Rejects with the signal's reason when aborted. */
export async function preparePost(
  { store, catalogue, vectors }: PreparePorts,
  { embedder, maxTokens }: ReadyModel,
  id: PostId,
  signal: AbortSignal,
): Promise<OpenPassage[] | null> {
  const stored = await store.posts.get(id);
  if (stored === null) return null;
  const rule = ruleFor({ maxTokens });
  // Cut anew even when a record is there: the texts are wanted, and equal texts get their old ids back.
  const cut = await cutPassages(stored.post, { maxTokens, countTokens: counter(embedder), signal });
  const record = await store.passages.replace(
    id,
    stored.revision,
    rule,
    cut.map(({ start, end, startS, text }) => ({ start, end, startS, hash: textHash(text) })),
  );
  if (record === null || !catalogue.cut(record, rule)) return null;
  const embedded = catalogue.get(id)?.embedded;
  await vectors.recall(new Set(record.ids.filter((_, index) => embedded?.has(index) !== true)));
  return cut.flatMap(({ text }, index) => {
    const passage = record.ids[index];
    return passage === undefined || embedded?.has(index) === true ? [] : { id: passage, text };
  });
}

export const counter =
  (embedder: Embedder) =>
  (texts: readonly string[]): Promise<Uint32Array> | Uint32Array =>
    embedder.countTokens(texts);
