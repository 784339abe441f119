/**
 * What the sections of a backup hold, in the order in which they stand:
 *
 *     HEAD  JSON, a `BackupHead`
 *     POST  JSON Lines, a `BackedPost` each; of some 1 MB, or of one post that is larger. As many sections as it takes
 *     VECS  after the POST section whose posts they are of, where there are any:
 *             unsigned 32 bits little-endian: bytes of the JSON; JSON, a list of `BackedPassages`;
 *             then of all their passages, in this order, the scales as float32 and the codes as int8, row after row
 *     DRFT  JSON Lines, a draft each
 *     SETS  JSON, `BackedSettings`
 *     DONE  JSON, `BackupTotals`
 *
 * Everything read is checked field by field and made anew: a backup may come from anywhere.
 */
import type { Draft } from '../draft.ts';
import { draftId } from '../draft.ts';
import type { EmbeddingSpace } from '../embedding.ts';
import type { Post, PostId } from '../post.ts';
import { parsePost } from './parsePost.ts';
import { every, isCount, isFinite, isRecord, isText } from './values.ts';

/** Grows when an older version could not read what a newer one writes. */
export const FORMAT = 1;

/** What all vectors of a backup are of. */
export interface BackupSpace {
  space: EmbeddingSpace;
  /** Rule that its passages are cut by. */
  rule: string;
  /** The model, as the list of models names it. */
  model: string;
}

export interface BackupHead {
  format: number;
  /** Milliseconds since the epoch. */
  madeAt: number;
  /** Null where it has no vectors. */
  vectors: BackupSpace | null;
}

export interface BackedPost {
  /** Milliseconds since the epoch. */
  importedAt: number;
  post: Post;
}

/** The passages of a post, all of which have a vector. */
export interface BackedPassages {
  post: PostId;
  starts: number[];
  ends: number[];
  /** Seconds into a video; null for other passages. */
  startS: (number | null)[];
  /** Hash of each text: what a vector is of. */
  hashes: number[];
}

export interface BackedVectors {
  passages: BackedPassages[];
  /** Of all passages, row after row. */
  scales: Float32Array;
  codes: Int8Array;
}

export interface BackedSettings {
  /** What the library remembers, by name. */
  library: Record<string, unknown>;
  /** What the page remembers by itself. */
  page: unknown;
}

export interface BackupTotals {
  posts: number;
  drafts: number;
  vectors: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

export const encodeJson = (value: unknown): Uint8Array<ArrayBuffer> => encoder.encode(JSON.stringify(value));

export function encodeVectors({ passages, scales, codes }: BackedVectors): Uint8Array<ArrayBuffer> {
  const json = encodeJson(passages);
  const bytes = new Uint8Array(4 + json.length + scales.byteLength + codes.byteLength);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, json.length, true);
  bytes.set(json, 4);
  let at = 4 + json.length;
  for (const scale of scales) {
    view.setFloat32(at, scale, true);
    at += 4;
  }
  bytes.set(new Uint8Array(codes.buffer, codes.byteOffset, codes.byteLength), at);
  return bytes;
}

// Each of these gives null for what is not as described above.

export function decodeVectors(payload: Uint8Array<ArrayBuffer>, dimension: number): BackedVectors | null {
  if (payload.length < 4) return null;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const jsonEnd = 4 + view.getUint32(0, true);
  if (jsonEnd > payload.length) return null;
  const list = parseJson(payload.subarray(4, jsonEnd));
  if (!Array.isArray(list)) return null;
  const passages = list.map(parsePassages);
  if (!every(passages)) return null;
  const rows = passages.reduce((sum, { starts }) => sum + starts.length, 0);
  if (payload.length !== jsonEnd + rows * (4 + dimension)) return null;
  const scales = Float32Array.from({ length: rows }, (_, row) => view.getFloat32(jsonEnd + row * 4, true));
  if (!scales.every((scale) => Number.isFinite(scale) && scale >= 0)) return null;
  const codes = new Int8Array(payload.slice(jsonEnd + rows * 4).buffer);
  return { passages, scales, codes };
}

export function decodeHead(payload: Uint8Array): BackupHead | null {
  const value = parseJson(payload);
  if (!isRecord(value) || !isCount(value['format'])) return null;
  const { format, madeAt, vectors } = value;
  // Of a newer format, only that it is.
  if (format > FORMAT) return { format, madeAt: 0, vectors: null };
  if (!isFinite(madeAt)) return null;
  if (vectors === null) return { format, madeAt, vectors };
  const space = isRecord(vectors) ? parseSpace(vectors['space']) : null;
  if (!isRecord(vectors) || space === null || !isText(vectors['rule']) || !isText(vectors['model'])) return null;
  return { format, madeAt, vectors: { space, rule: vectors['rule'], model: vectors['model'] } };
}

export function decodePosts(payload: Uint8Array): BackedPost[] | null {
  return decodeLines(payload, (value) => {
    if (!isRecord(value) || !isFinite(value['importedAt'])) return null;
    const post = parsePost(value['post']);
    return post === null ? null : { importedAt: value['importedAt'], post };
  });
}

export function decodeDrafts(payload: Uint8Array): Draft[] | null {
  return decodeLines(payload, (value) => {
    if (!isRecord(value)) return null;
    const { id, title, body, createdAt, updatedAt } = value;
    if (!isText(id) || !isText(title) || !isText(body) || !isFinite(createdAt) || !isFinite(updatedAt)) return null;
    return { id: draftId(id), title, body, createdAt, updatedAt };
  });
}

export function decodeSettings(payload: Uint8Array): BackedSettings | null {
  const value = parseJson(payload);
  if (!isRecord(value) || !isRecord(value['library'])) return null;
  return { library: value['library'], page: value['page'] ?? null };
}

export function decodeTotals(payload: Uint8Array): BackupTotals | null {
  const value = parseJson(payload);
  if (!isRecord(value)) return null;
  const { posts, drafts, vectors } = value;
  return isCount(posts) && isCount(drafts) && isCount(vectors) ? { posts, drafts, vectors } : null;
}

function parsePassages(value: unknown): BackedPassages | null {
  if (!isRecord(value)) return null;
  const { post, starts, ends, startS, hashes } = value;
  const lists = [starts, ends, startS, hashes];
  if (!isText(post) || !lists.every((list) => Array.isArray(list))) return null;
  const [from, to, seconds, marks] = lists as unknown[][];
  if (from === undefined || to === undefined || seconds === undefined || marks === undefined) return null;
  const length = from.length;
  const fits =
    [to, seconds, marks].every((list) => list.length === length) &&
    from.every(
      (start, index) => isCount(start) && isCount(to[index]) && start <= to[index] && to[index] <= 0xffffffff,
    ) &&
    seconds.every((second) => second === null || isFinite(second)) &&
    marks.every((mark) => isCount(mark));
  if (!fits) return null;
  return {
    post: post as PostId,
    starts: from as number[],
    ends: to as number[],
    startS: seconds,
    hashes: marks,
  };
}

function parseSpace(value: unknown): EmbeddingSpace | null {
  if (!isRecord(value)) return null;
  // Backups made before prefixes were name none.
  const { model, modelHash, tokenizerHash, pooling, prefix = '', normalised, dimension, passageRule, numeric } = value;
  const numerics = ['int8', 'fp32', 'fp16', 'nbits'] as const;
  const format = numerics.find((known) => known === numeric);
  if (!isText(model) || !isText(modelHash) || !isText(tokenizerHash) || !isText(passageRule)) return null;
  if (!isText(prefix) || (pooling !== 'mean' && pooling !== 'cls') || normalised !== true || format === undefined)
    return null;
  // What an index can be made for.
  if (!isCount(dimension) || dimension < 16 || dimension > 4096 || dimension % 16 !== 0) return null;
  return { model, modelHash, tokenizerHash, pooling, prefix, normalised, dimension, passageRule, numeric: format };
}

function decodeLines<T>(payload: Uint8Array, parse: (value: unknown) => T | null): T[] | null {
  const text = decode(payload);
  if (text === null) return null;
  const items = text.split('\n').map((line) => {
    const value = parseText(line);
    return value === undefined ? null : parse(value);
  });
  return every(items) ? items : null;
}

/** Undefined, which JSON has not, for what is none. */
function parseJson(payload: Uint8Array): unknown {
  const text = decode(payload);
  return text === null ? undefined : parseText(text);
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function decode(payload: Uint8Array): string | null {
  try {
    return decoder.decode(payload);
  } catch {
    return null;
  }
}
