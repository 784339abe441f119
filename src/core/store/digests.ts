// Keeps the digests of posts in blocks, in step with the posts: each change is part of the transaction that changes the posts.
import type { DamagedBlock } from '../libraryApi.ts';
import type { PostId } from '../post.ts';
import { packTerms, type TermList, type Vocabulary } from '../text/termBlock.ts';
import type { Backend, Transaction } from './backend.ts';
import { DIGEST_RULE, type PostDigest } from './digest.ts';
import {
  decodeDigests,
  encodeDigests,
  faultOfDigests,
  POSTS_PER_DIGEST_BLOCK,
  unpackDigests,
  type BlockDigest,
  type Digests,
} from './digestBlock.ts';
import { DIGESTS, POSTS, TERMS, type DigestBlock } from './schema.ts';
import { TermDictionary, type AddedTerms } from './termDictionary.ts';

const TERMS_GONE = 'it names terms that are gone';

/** Blocks in one read: the next ones are on their way while these are worked on. */
const BLOCKS_PER_READ = 8;

export interface DigestChange {
  put?: readonly PostDigest[];
  remove?: readonly PostId[];
}

/** What a transaction has written. */
export interface WrittenDigests {
  /** Posts of each block. */
  blocks: ReadonlyMap<number, readonly PostId[]>;
  added: AddedTerms;
}

export interface DigestReport {
  /** Posts whose digests were not handed out, though the posts are there. */
  lacking: PostId[];
  /** Blocks and pages whose bytes did not match. */
  damaged: number;
}

export class DigestKeeper {
  readonly #backend: Backend;
  readonly #onDamaged: (block: DamagedBlock) => void;
  readonly #blockOf = new Map<PostId, number>();
  readonly #blocks = new Map<number, ReadonlySet<PostId>>();
  /** Digests that are to go when their block is next written, by block: of no post, or stored twice. */
  readonly #strays = new Map<number, Set<PostId>>();
  #dictionary = new TermDictionary();
  /** Pages of terms that are damaged on the disk: to be written without what they held. */
  readonly #badPages = new Set<number>();
  /** True where no digest is left that names a term: the terms begin anew. */
  #anew = false;

  constructor(backend: Backend, onDamaged: (block: DamagedBlock) => void = () => undefined) {
    this.#backend = backend;
    this.#onDamaged = onDamaged;
  }

  /** Hands out the digests of every post, each once and only of posts that are there. `onDigests` must not wait for anything. */
  async load(onDigests: (digests: Digests, vocabulary: Vocabulary) => void): Promise<DigestReport> {
    for (const known of [this.#blockOf, this.#blocks, this.#strays, this.#badPages]) known.clear();
    const dictionary = (this.#dictionary = new TermDictionary());
    const report = await this.#backend.run([POSTS, DIGESTS, TERMS], 'readonly', async (transaction) => {
      const keys = transaction.getAllKeys(POSTS);
      const pages = transaction.getAll(TERMS);
      let reading: Promise<DigestBlock[]> | null = transaction.getAll(DIGESTS, {}, BLOCKS_PER_READ);
      const lacking = new Set(await keys);
      const twice = new Set<PostId>();
      let damaged = 0;
      for (const page of await pages) {
        const reason = dictionary.takePage(page);
        if (reason === null) continue;
        damaged++;
        this.#badPages.add(page.page);
        this.#onDamaged({ what: 'terms', block: page.page, reason });
      }
      while (reading !== null) {
        const rows: DigestBlock[] = await reading;
        const last = rows.at(-1)?.block;
        reading =
          rows.length < BLOCKS_PER_READ || last === undefined
            ? null
            : transaction.getAll(DIGESTS, { lower: last, lowerOpen: true }, BLOCKS_PER_READ);
        for (const row of rows) {
          const digests = this.#decode(row);
          if (digests === null) {
            if (row.rule === DIGEST_RULE) {
              damaged++;
              this.#onDamaged({ what: 'digests', block: row.block, reason: faultOfDigests(row) ?? TERMS_GONE });
            }
            this.#blocks.set(row.block, new Set());
            continue;
          }
          const strays = new Set<PostId>();
          for (const { id } of digests.heads) {
            if (lacking.delete(id)) continue;
            if (this.#blockOf.has(id)) twice.add(id);
            strays.add(id);
          }
          this.#learnBlock(
            row.block,
            digests.heads.map(({ id }) => id).filter((id) => !strays.has(id)),
          );
          if (strays.size > 0) this.#strays.set(row.block, strays);
          onDigests(strays.size === 0 ? digests : without(digests, strays), dictionary);
        }
      }
      // Two tabs have stored these at the same time: which is right, the posts themselves tell.
      return { lacking: [...lacking, ...twice], damaged };
    });
    this.#anew = this.#blockOf.size === 0;
    return report;
  }

  /** Something is to be written though no post changes. */
  get needsMending(): boolean {
    return this.#badPages.size > 0 || this.#strays.size > 0;
  }

  /** Part of a transaction over `DIGESTS` and `TERMS`, to be told to `learn` once that is through; one at a time. */
  async write(transaction: Transaction, { put = [], remove = [] }: DigestChange): Promise<WrittenDigests> {
    if (this.#anew) {
      await transaction.clear(DIGESTS);
      await transaction.clear(TERMS);
      this.#dictionary = new TermDictionary();
    }
    await this.#dictionary.catchUp(transaction);
    for (const page of this.#anew ? [] : this.#badPages) await this.#dictionary.writePage(transaction, page);
    const { named, added } = this.#name(put);
    await this.#dictionary.write(transaction, added);
    const gone = new Set(remove);
    const placed = this.#place(named);
    const touched = new Set([...placed.keys(), ...this.#strays.keys()]);
    for (const id of gone) {
      const block = this.#blockOf.get(id);
      if (block !== undefined) touched.add(block);
    }
    const blocks = new Map<number, readonly PostId[]>();
    for (const block of touched) {
      const fresh = placed.get(block) ?? [];
      const replaced = new Set(fresh.map(({ head }) => head.id));
      const strays = this.#strays.get(block);
      const row = await transaction.get(DIGESTS, block);
      const stored = this.#decode(row);
      const kept = (stored === null ? [] : unpackDigests(stored)).filter(
        ({ head: { id } }) => !replaced.has(id) && !gone.has(id) && strays?.has(id) !== true,
      );
      const digests = [...kept, ...fresh];
      if (digests.length === 0) await transaction.delete(DIGESTS, block);
      else await transaction.put(DIGESTS, encodeDigests(block, digests));
      blocks.set(
        block,
        digests.map(({ head }) => head.id),
      );
    }
    return { blocks, added };
  }

  /** What a transaction has written is stored. */
  learn({ blocks, added }: WrittenDigests): void {
    this.#anew = false;
    this.#badPages.clear();
    this.#dictionary.learn(added);
    for (const [block, ids] of blocks) {
      for (const id of this.#blocks.get(block) ?? []) if (this.#blockOf.get(id) === block) this.#blockOf.delete(id);
      this.#strays.delete(block);
      this.#learnBlock(block, ids);
    }
  }

  /** Null for a row that is damaged, or names a term that nobody knows any more. */
  #decode(row: unknown): Digests | null {
    const digests = decodeDigests(row);
    if (digests === null) return null;
    const { terms } = this.#dictionary;
    const { distinct } = digests.terms;
    if (distinct.every((id) => terms[id] !== undefined)) return digests;
    // Were its ids given to other terms, it would seem to be whole again.
    this.#dictionary.reserve(distinct);
    return null;
  }

  /** Digests with ids in place of terms; a term that the dictionary lacks gets the next one. */
  #name(digests: readonly PostDigest[]): { named: BlockDigest[]; added: AddedTerms } {
    const from = this.#dictionary.terms.length;
    const fresh = new Map<string, number>();
    const idOf = (term: string): number => {
      const known = this.#dictionary.idOf(term) ?? fresh.get(term);
      if (known !== undefined) return known;
      const id = from + fresh.size;
      fresh.set(term, id);
      return id;
    };
    const named = digests.map(({ head, terms: { terms, counts, length } }): BlockDigest => {
      const list: TermList = { ids: Uint32Array.from(terms, idOf), counts, length };
      return { head, terms: list };
    });
    return { named, added: { from, terms: [...fresh.keys()] } };
  }

  #learnBlock(block: number, ids: readonly PostId[]): void {
    this.#blocks.set(block, new Set(ids));
    for (const id of ids) this.#blockOf.set(id, block);
  }

  /** Each into the block where it stands, a new one where there is most room. */
  #place(digests: readonly BlockDigest[]): Map<number, BlockDigest[]> {
    const placed = new Map<number, BlockDigest[]>();
    const add = (block: number, digest: BlockDigest): void => {
      const list = placed.get(block);
      if (list === undefined) placed.set(block, [digest]);
      else list.push(digest);
    };
    const fresh: BlockDigest[] = [];
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

function without(digests: Digests, strays: ReadonlySet<PostId>): Digests {
  const kept = unpackDigests(digests).filter(({ head }) => !strays.has(head.id));
  return { heads: kept.map(({ head }) => head), terms: packTerms(kept.map(({ terms }) => terms)) };
}
