// Reads a backup as a stream of what it holds: every section sealed, every record checked, every total right, or an error.
import type { Draft } from '../draft.ts';
import type { PostId } from '../post.ts';
import { backupDamaged, backupNewer } from './backupErrors.ts';
import { readSections, type ByteSource, type ReadOptions, type Section } from './container.ts';
import {
  decodeDrafts,
  decodeHead,
  decodePosts,
  decodeSettings,
  decodeTotals,
  decodeVectors,
  FORMAT,
  type BackedPassages,
  type BackedPost,
  type BackedSettings,
  type BackupHead,
  type BackupTotals,
} from './records.ts';

/** The vectors of one post, as `BackedPassages` has its passages. */
export interface ReadVectors {
  passages: BackedPassages;
  scales: Float32Array;
  codes: Int8Array;
}

export type BackupPart =
  | { kind: 'head'; head: BackupHead }
  | { kind: 'posts'; posts: BackedPost[]; vectors: ReadonlyMap<PostId, ReadVectors> }
  | { kind: 'drafts'; drafts: Draft[] }
  | { kind: 'settings'; settings: BackedSettings }
  | { kind: 'done'; totals: BackupTotals };

/**
 * What a backup holds, in order; `done` comes last, and only when nothing was amiss. Whoever stores what comes before must be
 * able to take it back.
 * Rejects with `backup-unknown`, `backup-damaged`, `backup-newer`, or with the signal's reason.
 */
export async function* readBackup(source: ByteSource, options: ReadOptions = {}): AsyncGenerator<BackupPart, void> {
  const reader = new Reader();
  for await (const section of readSections(source, options)) yield* reader.take(section);
}

/** Posts wait for their vectors, which are in the section after them. */
class Reader {
  #head: BackupHead | null = null;
  #open: BackedPost[] | null = null;
  readonly #seen = new Set<PostId>();
  readonly #found: BackupTotals = { posts: 0, drafts: 0, vectors: 0 };
  #settings = false;

  *take(section: Section): Generator<BackupPart> {
    const { kind, at, payload } = section;
    if (kind !== 'VECS' && this.#open !== null) yield this.#posts(new Map());
    switch (kind) {
      case 'HEAD':
        yield { kind: 'head', head: this.#begin(decodeHead(payload) ?? refuse(section)) };
        break;
      case 'POST':
        this.#open = this.#number(decodePosts(payload) ?? refuse(section), at);
        break;
      case 'VECS':
        yield this.#posts(this.#vectors(section));
        break;
      case 'DRFT': {
        const drafts = decodeDrafts(payload) ?? refuse(section);
        this.#found.drafts += drafts.length;
        yield { kind: 'drafts', drafts };
        break;
      }
      case 'SETS':
        this.#settings = true;
        yield { kind: 'settings', settings: decodeSettings(payload) ?? refuse(section) };
        break;
      case 'DONE':
        yield { kind: 'done', totals: this.#finish(decodeTotals(payload) ?? refuse(section), at) };
        break;
    }
  }

  #begin(head: BackupHead): BackupHead {
    if (head.format > FORMAT) throw backupNewer(head.format, FORMAT);
    this.#head = head;
    return head;
  }

  #number(posts: BackedPost[], at: number): BackedPost[] {
    for (const { post } of posts) {
      if (this.#seen.has(post.id)) throw backupDamaged(at, `it has the post ${post.id} twice`);
      this.#seen.add(post.id);
    }
    this.#found.posts += posts.length;
    return posts;
  }

  #posts(vectors: ReadonlyMap<PostId, ReadVectors>): BackupPart {
    const posts = this.#open ?? [];
    this.#open = null;
    return { kind: 'posts', posts, vectors };
  }

  #vectors(section: Section): Map<PostId, ReadVectors> {
    const dimension = this.#head?.vectors?.space.dimension;
    if (dimension === undefined || this.#open === null) refuse(section);
    const { passages, scales, codes } = decodeVectors(section.payload, dimension) ?? refuse(section);
    const lengths = new Map(this.#open.map(({ post }) => [post.id, post.text.length]));
    const vectors = new Map<PostId, ReadVectors>();
    let row = 0;
    for (const one of passages) {
      const length = lengths.get(one.post);
      if (length === undefined || one.ends.some((end) => end > length) || vectors.has(one.post)) refuse(section);
      const end = row + one.starts.length;
      vectors.set(one.post, {
        passages: one,
        scales: scales.subarray(row, end),
        codes: codes.subarray(row * dimension, end * dimension),
      });
      row = end;
    }
    this.#found.vectors += row;
    return vectors;
  }

  #finish(totals: BackupTotals, at: number): BackupTotals {
    const found = this.#found;
    const right = totals.posts === found.posts && totals.drafts === found.drafts && totals.vectors === found.vectors;
    if (!right || !this.#settings) throw backupDamaged(at, 'it does not hold what its end mark says');
    return totals;
  }
}

function refuse({ kind, at }: Section): never {
  throw backupDamaged(at, `the ${kind} section holds what Kindred does not write`);
}
