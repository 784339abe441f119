// Lexical search over posts: an inverted index with BM25, changed one post at a time.
import type { DocumentTerms } from '../text/documentTerms.ts';
import { firstAtLeast } from '../text/firstAtLeast.ts';
import type { TermBlock, Vocabulary } from '../text/termBlock.ts';
import { stemOf } from '../text/terms.ts';
import {
  COUNT_BITS,
  COUNT_LIMIT,
  gathered,
  NO_BLOCK,
  postingsOfPost,
  SLOT_STEP,
  sortBlock,
  type Block,
  type NamedPostings,
  type Posting,
} from './postings.ts';

export interface LexicalHit {
  post: string;
  score: number;
}

/** What a search found of each post. Good until the index changes. */
export interface LexicalScores {
  /** Posts that were found. */
  readonly found: number;
  /** 0 for a post that has none of the terms. */
  of(post: string): number;
  /** Visits every post that was found, in no particular order. */
  each(visit: (post: string, score: number) => void): void;
}

/** Saturation of repeated terms, and how much long posts are held back; chosen on the two validation blogs of cli/eval.ts. */
const K1 = 2;
const B = 0.75;
/**
 * What another form of a term (`clocks` for `clock`) counts: enough to find a post that has only that form, too little
 * to pass one that has the author's own word. In full, as a stemmer would have it, forms find fewer linked posts.
 */
const VARIANT = 0.2;

/** What a term adds for each unit of its weight when a post repeats it without end. */
export const SATURATED = K1 + 1;

interface Document {
  post: string;
  /** Of each term; null for a post of a block, which knows them. */
  postings: Posting[] | null;
  block: Block | null;
  length: number;
}

/**
 * BM25 with variants of terms; `documentTerms` weighs the fields of a post. Beside minisearch 7.2 with the same terms, on
 * carpentries and digitalgov: nDCG@10 43.6 and 44.5 against 42.8 and 42.5, built 2.5 times and searched 10 times as
 * fast, in half the memory.
 */
export class Bm25Index {
  private readonly postings = new Map<string, Posting>();
  /** Terms of the library by stem. */
  private readonly forms = new Map<string, Posting[]>();
  private readonly slots = new Map<string, number>();
  private readonly documents: (Document | null)[] = [];
  private readonly free: number[] = [];
  private totalLength = 0;
  private sums = new Float64Array(0);
  /** What the length of each post adds to a count in the formula, by slot; null after a change. */
  private rooms: Float64Array | null = null;
  /** Terms that were weighed since the last change: ranking asks for those of the same titles again and again. */
  private readonly weighed = new Map<string, number>();
  private readonly blocks: Block[] = [];
  /** Of the vocabulary that the last block came with. */
  private named: NamedPostings | null = null;

  /** Posts. */
  get size(): number {
    return this.slots.size;
  }

  has(post: string): boolean {
    return this.slots.has(post);
  }

  /** Adds a post, in place of what was there under the same id. */
  add(post: string, { terms, counts, length }: DocumentTerms): void {
    this.remove(post);
    const slot = this.free.pop() ?? this.documents.length;
    const postings = terms.map((term, index) => {
      const posting = this.gathered(this.postings.get(term) ?? this.begin(term, stemOf(term)));
      insert(posting.entries, slot * SLOT_STEP + Math.min(counts[index] ?? 1, COUNT_LIMIT));
      posting.size++;
      return posting;
    });
    this.keep(slot, { post, postings, block: null, length });
  }

  /** Adds the posts of a block, all different, each in place of what was there under the same id. */
  addBlock(posts: readonly string[], terms: TermBlock, vocabulary: Vocabulary): void {
    for (const post of posts) this.remove(post);
    // Behind all others, so that occurrences gathered later are in order.
    const slot = this.documents.length;
    const named = this.namedBy(vocabulary);
    const block = sortBlock(slot, posts.length, terms, named);
    const number = this.blocks.push(block) - 1;
    const { distinct, runs, before, placeBefore } = block;
    for (let place = 0; place < distinct.length; place++) {
      const id = distinct[place]!;
      let posting = named.postings[id];
      // One that no post was left to have is out of the index.
      if (posting === undefined || posting.size === 0) {
        const term = vocabulary.terms[id]!;
        posting = named.postings[id] = this.postings.get(term) ?? this.begin(term, vocabulary.stems[id]!);
      }
      before[place] = posting.block;
      placeBefore[place] = posting.place;
      posting.size += runs[place + 1]! - runs[place]!;
      posting.block = number;
      posting.place = place;
    }
    posts.forEach((post, index) =>
      this.keep(slot + index, { post, postings: null, block, length: terms.lengths[index]! }),
    );
  }

  /** Takes a post out; one that isn't there is no error. */
  remove(post: string): void {
    const slot = this.slots.get(post);
    if (slot === undefined) return;
    const document = this.documents[slot]!;
    const { block, postings } = document;
    for (const posting of block === null ? (postings ?? []) : postingsOfPost(block, slot)) {
      const { entries } = this.gathered(posting);
      entries.splice(firstAtLeast(entries, slot * SLOT_STEP), 1);
      posting.size--;
      if (posting.size === 0) this.end(posting);
    }
    this.changed();
    this.totalLength -= document.length;
    this.documents[slot] = null;
    this.slots.delete(post);
    this.free.push(slot);
  }

  /** Whether any post has the term or another form of it. */
  knows(term: string): boolean {
    return this.postings.has(term) || this.variants(term).length > 0;
  }

  /**
   * What a term says in this library: its inverse document frequency (Lucene's form, always positive), highest for one
   * that no post has; for a term that only occurs in other forms a part of theirs.
   */
  idf(term: string): number {
    let idf = this.weighed.get(term);
    if (idf === undefined) this.weighed.set(term, (idf = this.idfIn(term)));
    return idf;
  }

  private idfIn(term: string): number {
    const posting = this.postings.get(term);
    if (posting !== undefined) return this.idfOf(posting.size);
    const forms = this.variants(term);
    if (forms.length === 0) return this.idfOf(0);
    return VARIANT * Math.min(...forms.map((form) => this.idfOf(form.size)));
  }

  /** Whether fewer posts than `many`, 1 at least, have all of the terms, each in just this form. */
  fewHaveAll(terms: readonly string[], many: number): boolean {
    const postings: Posting[] = [];
    for (const term of terms) {
      const posting = this.postings.get(term);
      // So few have this one alone: where the others stand need not be known.
      if (posting === undefined || posting.size < many) return true;
      postings.push(posting);
    }
    const lists = postings.map((posting) => this.gathered(posting).entries).sort((a, b) => a.length - b.length);
    const [rarest = [], ...others] = lists;
    // Both are in order: each search begins where the last one ended.
    const cursors = new Uint32Array(others.length);
    let count = 0;
    for (const entry of rarest) {
      const slot = entry - (entry % SLOT_STEP);
      const inAll = others.every((entries, nth) => {
        const at = firstAtLeast(entries, slot, cursors[nth]);
        cursors[nth] = at;
        return (entries[at] ?? Infinity) < slot + SLOT_STEP;
      });
      if (inAll && ++count >= many) return false;
    }
    return true;
  }

  /**
   * Every post that has one of the terms or another form of it, best first. A term's `count` multiplies what it adds.
   * Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), section 3.
   */
  search(query: readonly { term: string; count: number }[]): LexicalHit[] {
    const hits: LexicalHit[] = [];
    this.scores(query).each((post, score) => hits.push({ post, score }));
    return hits.sort((a, b) => b.score - a.score || (a.post < b.post ? -1 : 1));
  }

  /** What `search` finds, to be looked up: putting nearly all posts of a library in order takes longer than finding them. */
  scores(query: readonly { term: string; count: number }[]): LexicalScores {
    const { documents, slots } = this;
    const scores = this.score(query).slice(0, documents.length);
    let found = 0;
    for (const score of scores) if (score > 0) found++;
    return {
      found,
      of: (post) => scores[slots.get(post) ?? -1] ?? 0,
      each(visit) {
        for (let slot = 0; slot < scores.length; slot++) {
          const document = documents[slot];
          if (document && scores[slot]! > 0) visit(document.post, scores[slot]!);
        }
      },
    };
  }

  /**
   * What posts share of the terms that few of them have: the sum of the inverse document frequencies, each term in just this form and once,
   * however often it stands there. `most` is the share of all posts that may have a term, 0 to 1. Good until the index changes.
   */
  rarities(terms: Iterable<string>, most: number): (post: string) => number {
    const { slots } = this;
    const sums = new Map<number, number>();
    for (const term of terms) {
      const posting = this.postings.get(term);
      if (posting === undefined || posting.size >= most * this.size) continue;
      const idf = this.idfOf(posting.size);
      for (const entry of this.gathered(posting).entries) {
        const slot = entry >>> COUNT_BITS;
        sums.set(slot, (sums.get(slot) ?? 0) + idf);
      }
    }
    return (post) => sums.get(slots.get(post) ?? -1) ?? 0;
  }

  /** What `search` finds, but for one post: how many posts, and the sum of their scores. */
  total(query: readonly { term: string; count: number }[], except: string): { posts: number; score: number } {
    const scores = this.score(query);
    const own = this.slots.get(except);
    const found = { posts: 0, score: 0 };
    for (let slot = 0; slot < this.documents.length; slot++) {
      const score = scores[slot]!;
      if (score <= 0 || slot === own) continue;
      found.posts++;
      found.score += score;
    }
    return found;
  }

  /** Of each slot; 0 where no post stands. Good until the next call. */
  private score(query: readonly { term: string; count: number }[]): Float64Array {
    const { documents } = this;
    if (this.sums.length < documents.length) this.sums = new Float64Array(documents.length * 2);
    const scores = this.sums.fill(0, 0, documents.length);
    const rooms = (this.rooms ??= this.measure());
    for (const [posting, weight] of this.weigh(query)) {
      for (const entry of this.gathered(posting).entries) {
        const slot = entry >>> COUNT_BITS;
        const count = entry & COUNT_LIMIT;
        scores[slot]! += (weight * count) / (count + rooms[slot]!);
      }
    }
    return scores;
  }

  private measure(): Float64Array {
    const mean = this.totalLength / Math.max(this.size, 1);
    return Float64Array.from(this.documents, (document) => K1 * (1 - B + (B * (document?.length ?? 0)) / mean));
  }

  private changed(): void {
    this.rooms = null;
    this.weighed.clear();
  }

  /** The query's terms as postings, each with all that its occurrences weigh; other forms of a term after it. */
  private weigh(query: readonly { term: string; count: number }[]): Map<Posting, number> {
    const weights = new Map<Posting, number>();
    for (const { term, count } of query) {
      const posting = this.postings.get(term);
      if (posting !== undefined) weights.set(posting, count * this.idfOf(posting.size) * SATURATED);
    }
    const asked = new Set(weights.keys());
    for (const { term, count } of query) {
      const own = this.postings.get(term);
      for (const form of this.variants(term)) {
        if (asked.has(form)) continue;
        // A rare form of a common word is no better evidence than the word.
        const frequency = Math.max(own?.size ?? 0, form.size);
        weights.set(form, (weights.get(form) ?? 0) + VARIANT * count * this.idfOf(frequency) * SATURATED);
      }
    }
    return weights;
  }

  private variants(term: string): readonly Posting[] {
    const forms = this.forms.get(stemOf(term)) ?? [];
    return forms.filter((form) => form.term !== term);
  }

  private idfOf(frequency: number): number {
    return Math.log(1 + (this.size - frequency + 0.5) / (frequency + 0.5));
  }

  private namedBy(vocabulary: Vocabulary): NamedPostings {
    if (this.named?.vocabulary !== vocabulary)
      this.named = { vocabulary, postings: new Array<Posting | undefined>(vocabulary.terms.length) };
    return this.named;
  }

  private keep(slot: number, document: Document): void {
    this.changed();
    this.documents[slot] = document;
    this.slots.set(document.post, slot);
    this.totalLength += document.length;
  }

  private gathered(posting: Posting): Posting {
    return gathered(posting, this.blocks);
  }

  private begin(term: string, stem: string): Posting {
    const posting: Posting = { term, entries: [], size: 0, block: NO_BLOCK, place: 0 };
    this.postings.set(term, posting);
    const forms = this.forms.get(stem);
    if (forms === undefined) this.forms.set(stem, [posting]);
    else forms.push(posting);
    return posting;
  }

  private end(posting: Posting): void {
    this.postings.delete(posting.term);
    const stem = stemOf(posting.term);
    const left = this.forms.get(stem)?.filter((form) => form !== posting) ?? [];
    if (left.length === 0) this.forms.delete(stem);
    else this.forms.set(stem, left);
  }
}

function insert(entries: number[], entry: number): void {
  const last = entries.at(-1);
  if (last === undefined || last < entry) entries.push(entry);
  else entries.splice(firstAtLeast(entries, entry), 0, entry);
}
