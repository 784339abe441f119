// Keeps the digests of posts in blocks, in step with the posts: each change is part of the transaction that changes the posts.
import type { PostId } from '../post.ts';
import { unpackTerms } from '../text/termBlock.ts';
import type { Backend, Transaction } from './backend.ts';
import { DIGEST_RULE, type PostDigest } from './digest.ts';
import { decodeDigests, encodeDigests, packDigests, POSTS_PER_DIGEST_BLOCK, type Digests } from './digestBlock.ts';
import { DIGESTS, POSTS, type DigestBlock } from './schema.ts';

/** Blocks in one read: the next ones are on their way while these are worked on. */
const BLOCKS_PER_READ = 8;

export interface DigestChange {
  put?: readonly PostDigest[];
  remove?: readonly PostId[];
}

/** Posts of each block that a transaction has written. */
export type Placement = ReadonlyMap<number, readonly PostId[]>;

export interface DigestReport {
  /** Posts whose digests were not handed out, though the posts are there. */
  lacking: PostId[];
  /** Blocks whose bytes did not match. */
  damaged: number;
}

export class DigestKeeper {
  readonly #backend: Backend;
  readonly #blockOf = new Map<PostId, number>();
  readonly #blocks = new Map<number, ReadonlySet<PostId>>();
  /** Digests that are to go when their block is next written, by block: of no post, or stored twice. */
  readonly #strays = new Map<number, Set<PostId>>();

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Hands out the digests of every post, each once and only of posts that are there. `onDigests` must not wait for anything. */
  async load(onDigests: (digests: Digests) => void): Promise<DigestReport> {
    for (const known of [this.#blockOf, this.#blocks, this.#strays]) known.clear();
    return this.#backend.run([POSTS, DIGESTS], 'readonly', async (transaction) => {
      const keys = transaction.getAllKeys(POSTS);
      let reading: Promise<DigestBlock[]> | null = transaction.getAll(DIGESTS, {}, BLOCKS_PER_READ);
      const lacking = new Set(await keys);
      const twice = new Set<PostId>();
      let damaged = 0;
      while (reading !== null) {
        const rows: DigestBlock[] = await reading;
        const last = rows.at(-1)?.block;
        reading =
          rows.length < BLOCKS_PER_READ || last === undefined
            ? null
            : transaction.getAll(DIGESTS, { lower: last, lowerOpen: true }, BLOCKS_PER_READ);
        for (const row of rows) {
          const digests = decodeDigests(row);
          if (digests === null) {
            if (row.rule === DIGEST_RULE) damaged++;
            this.#blocks.set(row.block, new Set());
            continue;
          }
          const strays = digests.heads.flatMap(({ id }) => {
            if (lacking.delete(id)) return [];
            if (this.#blockOf.has(id)) twice.add(id);
            return [id];
          });
          if (strays.length > 0) this.#strays.set(row.block, new Set(strays));
          const ids = digests.heads.map(({ id }) => id);
          this.#learnBlock(row.block, strays.length === 0 ? ids : ids.filter((id) => !strays.includes(id)));
          onDigests(strays.length === 0 ? digests : without(digests, new Set(strays)));
        }
      }
      // Two tabs have stored these at the same time: which is right, the posts themselves tell.
      return { lacking: [...lacking, ...twice], damaged };
    });
  }

  /** Part of a transaction over `DIGESTS`, to be told to `learn` once that is through; one at a time. */
  async write(transaction: Transaction, { put = [], remove = [] }: DigestChange): Promise<Placement> {
    const gone = new Set(remove);
    const placed = this.#place(put);
    const touched = new Set([...placed.keys(), ...this.#strays.keys()]);
    for (const id of gone) {
      const block = this.#blockOf.get(id);
      if (block !== undefined) touched.add(block);
    }
    const placement = new Map<number, readonly PostId[]>();
    for (const block of touched) {
      const fresh = placed.get(block) ?? [];
      const replaced = new Set(fresh.map(({ head }) => head.id));
      const strays = this.#strays.get(block);
      const stored = unpack(decodeDigests(await transaction.get(DIGESTS, block)));
      const kept = stored.filter(({ head: { id } }) => !replaced.has(id) && !gone.has(id) && strays?.has(id) !== true);
      const digests = [...kept, ...fresh];
      if (digests.length === 0) await transaction.delete(DIGESTS, block);
      else await transaction.put(DIGESTS, encodeDigests(block, digests));
      placement.set(
        block,
        digests.map(({ head }) => head.id),
      );
    }
    return placement;
  }

  /** What a transaction has written is stored. */
  learn(placement: Placement): void {
    for (const [block, ids] of placement) {
      for (const id of this.#blocks.get(block) ?? []) if (this.#blockOf.get(id) === block) this.#blockOf.delete(id);
      this.#strays.delete(block);
      this.#learnBlock(block, ids);
    }
  }

  #learnBlock(block: number, ids: readonly PostId[]): void {
    this.#blocks.set(block, new Set(ids));
    for (const id of ids) this.#blockOf.set(id, block);
  }

  /** Each into the block where it stands, a new one where there is most room. */
  #place(digests: readonly PostDigest[]): Map<number, PostDigest[]> {
    const placed = new Map<number, PostDigest[]>();
    const add = (block: number, digest: PostDigest): void => {
      const list = placed.get(block);
      if (list === undefined) placed.set(block, [digest]);
      else list.push(digest);
    };
    const fresh: PostDigest[] = [];
    for (const digest of digests) {
      const block = this.#blockOf.get(digest.head.id);
      if (block === undefined) fresh.push(digest);
      else add(block, digest);
    }
    for (let from = 0; from < fresh.length;) {
      const [block, room] = this.#roomiest(new Set(placed.keys()));
      for (const digest of fresh.slice(from, from + room)) add(block, digest);
      from += room;
    }
    return placed;
  }

  /** A block with its room; a new one when none has any. */
  #roomiest(taken: ReadonlySet<number>): [block: number, room: number] {
    let best: [number, number] | null = null;
    let unused = 0;
    for (const [block, { size }] of this.#blocks) {
      unused = Math.max(unused, block + 1);
      const room = POSTS_PER_DIGEST_BLOCK - size;
      if (room > (best?.[1] ?? 0) && !taken.has(block)) best = [block, room];
    }
    for (const block of taken) unused = Math.max(unused, block + 1);
    return best ?? [unused, POSTS_PER_DIGEST_BLOCK];
  }
}

function unpack(digests: Digests | null): PostDigest[] {
  return digests?.heads.map((head, index) => ({ head, terms: unpackTerms(digests.terms, index) })) ?? [];
}

function without(digests: Digests, strays: ReadonlySet<PostId>): Digests {
  return packDigests(unpack(digests).filter(({ head }) => !strays.has(head.id)));
}
