// From a stored post to the passages that still lack a vector: cut, given ids, and what the disk already has recalled.
import type { Embedder, Lane } from '../embedding.ts';
import type { OpenPassage } from '../ingest/ingestQueue.ts';
import type { PostId } from '../post.ts';
import type { Store } from '../store/openStore.ts';
import { passageRule } from '../text/passage.ts';
import { textHash } from '../text/textHash.ts';
import type { Catalogue } from './catalogue.ts';
import { latePart } from './lateParts.ts';
import type { ReadyModel } from './modelPort.ts';
import type { Repetition } from './repetition.ts';
import type { VectorHold } from './vectorHold.ts';

export interface PreparedPost {
  /** Passages that lack a vector. */
  open: OpenPassage[];
  /** Of all its passages. */
  tokens: number;
}

export interface PreparePorts {
  store: Store;
  repetition: Pick<Repetition, 'leftOutOf'>;
  catalogue: Catalogue;
  vectors: VectorHold;
}

/** Name of how a model's passages are cut: the rule, the limit it was given and the tokenizer that counted. */
export const ruleFor = ({ embedder, maxTokens }: Pick<ReadyModel, 'embedder' | 'maxTokens'>): string =>
  `${passageRule}/${maxTokens}/${embedder.space.tokenizerHash.slice(0, HASH_DIGITS)}`;

/** Enough to tell tokenizers apart. */
const HASH_DIGITS = 12;

/** Null when the post is gone. Rejects with the signal's reason when aborted. */
export async function preparePost(
  { store, repetition, catalogue, vectors }: PreparePorts,
  { embedder, maxTokens }: ReadyModel,
  id: PostId,
  signal: AbortSignal,
): Promise<PreparedPost | null> {
  const stored = await store.posts.get(id);
  if (stored === null) return null;
  const rule = ruleFor({ embedder, maxTokens });
  // Cut anew even when a record is there: the texts are wanted, and equal texts get their old ids back.
  const leftOut = repetition.leftOutOf(id);
  const { cutPassages } = await latePart('reading');
  const source = { ...stored.post, repeated: leftOut.repeated };
  const cut = await cutPassages(source, { maxTokens, countTokens: counter(embedder, 'queue'), signal });
  const record = await store.passages.replace(
    id,
    stored.revision,
    rule,
    cut.map(({ start, end, startS, text }) => ({ start, end, startS, hash: textHash(text) })),
    leftOut,
  );
  if (record === null) return null;
  const before = catalogue.get(id)?.passages;
  if (!catalogue.cut(record, rule)) return null;
  // Cut otherwise than it was: what stays of it comes back from the disk under its new place.
  if (before && catalogue.get(id)?.embedded.size === 0) vectors.remove(id);
  const embedded = catalogue.get(id)?.embedded;
  await vectors.recall(new Set(record.ids.filter((_, index) => embedded?.has(index) !== true)));
  const open = cut.flatMap(({ text, tokens }, index) => {
    const passage = record.ids[index];
    return passage === undefined || embedded?.has(index) === true ? [] : { id: passage, text, tokens };
  });
  return { open, tokens: cut.reduce((sum, { tokens }) => sum + tokens, 0) };
}

export const counter =
  (embedder: Embedder, lane: Lane = 'draft') =>
  (texts: readonly string[]): Promise<Uint32Array> | Uint32Array =>
    embedder.countTokens(texts, lane);
