// Rows as they come from the disk are unknown until they have passed here; vector blocks are judged in vectorBlock.ts.
import type { Draft } from '../draft.ts';
import type { LeftOut, PassageRecord, StoredPost } from './schema.ts';

type Fields<T> = Partial<Record<keyof T, unknown>>;

export function isStoredPost(row: unknown): row is StoredPost {
  if (!isObject(row)) return false;
  const { id, revision, words, post } = row as Fields<StoredPost>;
  if (typeof id !== 'string' || typeof revision !== 'string' || typeof words !== 'number' || !isObject(post))
    return false;
  const { title, text, blocks, links, tags } = post as Fields<StoredPost['post']>;
  return (
    typeof title === 'string' && typeof text === 'string' && [blocks, links, tags].every((part) => Array.isArray(part))
  );
}

export function isPassageRecord(row: unknown): row is PassageRecord {
  if (!isObject(row)) return false;
  const { post, revision, rule, ids, starts, ends, startS, hashes, leftOut } = row as Fields<PassageRecord>;
  return (
    typeof post === 'string' &&
    typeof revision === 'string' &&
    typeof rule === 'string' &&
    ids instanceof Uint32Array &&
    [starts, ends].every((part) => part instanceof Uint32Array && part.length === ids.length) &&
    [startS, hashes].every((part) => part instanceof Float64Array && part.length === ids.length) &&
    (leftOut === undefined || isLeftOut(leftOut))
  );
}

function isLeftOut(value: unknown): value is LeftOut {
  if (!isObject(value)) return false;
  const { rule, repeated } = value as Fields<LeftOut>;
  return typeof rule === 'string' && repeated instanceof Uint32Array;
}

export function isDraft(row: unknown): row is Draft {
  if (!isObject(row)) return false;
  const { id, title, body, createdAt, updatedAt } = row as Fields<Draft>;
  return (
    [id, title, body].every((part) => typeof part === 'string') &&
    [createdAt, updatedAt].every((part) => typeof part === 'number')
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
