// Lexical search over posts: an inverted index with BM25, changed one post at a time.
import type { DocumentTerms } from '../text/documentTerms.ts';
import { firstAtLeast } from '../text/firstAtLeast.ts';
import type { TermBlock } from '../text/termBlock.ts';
import { stemOf } from '../text/terms.ts';

export interface LexicalHit {
  post: string;
  score: number;
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
  postings: Posting[];
  length: number;
}

/**
 * Occurrences of one term, ordered by slot; each is `slot × 256 + count`, a small integer that engines store in four
 * or eight bytes. Counts saturate at 255, where BM25 has long stopped to care.
 */
interface Posting {
  term: string;
  entries: number[];
}

const COUNT_LIMIT = 255;
const SLOT_STEP = 256;

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
  private scores = new Float64Array(0);

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
      const posting = this.postings.get(term) ?? this.begin(term);
      insert(posting.entries, slot * SLOT_STEP + Math.min(counts[index] ?? 1, COUNT_LIMIT));
      return posting;
    });
    this.documents[slot] = { post, postings, length };
    this.slots.set(post, slot);
    this.totalLength += length;
  }

  /** Adds the posts of a block, in its order, each in place of what was there under the same id. */
  addBlock(posts: readonly string[], { terms, stems, starts, places, counts, lengths }: TermBlock): void {
    const known: (Posting | undefined)[] = [];
    posts.forEach((post, index) => {
      this.remove(post);
      const slot = this.free.pop() ?? this.documents.length;
      const [from, to] = [starts[index]!, starts[index + 1]!];
      const postings = new Array<Posting>(to - from);
      for (let at = from; at < to; at++) {
        const place = places[at]!;
        let posting = known[place];
        // One that a replaced post was the last to have is out of the index, and begins anew.
        if (posting === undefined || posting.entries.length === 0) {
          posting = this.postings.get(terms[place]!) ?? this.begin(terms[place]!, stems[place]);
          known[place] = posting;
        }
        insert(posting.entries, slot * SLOT_STEP + Math.min(counts[at]!, COUNT_LIMIT));
        postings[at - from] = posting;
      }
      this.documents[slot] = { post, postings, length: lengths[index]! };
      this.slots.set(post, slot);
      this.totalLength += lengths[index]!;
    });
  }

  /** Takes a post out; one that isn't there is no error. */
  remove(post: string): void {
    const slot = this.slots.get(post);
    if (slot === undefined) return;
    const document = this.documents[slot];
    for (const posting of document?.postings ?? []) {
      posting.entries.splice(firstAtLeast(posting.entries, slot * SLOT_STEP), 1);
      if (posting.entries.length === 0) this.end(posting);
    }
    this.totalLength -= document?.length ?? 0;
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
    const posting = this.postings.get(term);
    if (posting !== undefined) return this.idfOf(posting.entries.length);
    const forms = this.variants(term);
    if (forms.length === 0) return this.idfOf(0);
    return VARIANT * Math.min(...forms.map((form) => this.idfOf(form.entries.length)));
  }

  /** How many posts have all of the terms, each in just this form; counted no further than to `most`. */
  countWithAll(terms: readonly string[], most: number): number {
    const lists: number[][] = [];
    for (const term of terms) {
      const posting = this.postings.get(term);
      if (posting === undefined) return 0;
      lists.push(posting.entries);
    }
    lists.sort((a, b) => a.length - b.length);
    const [rarest = [], ...others] = lists;
    let count = 0;
    for (const entry of rarest) {
      const slot = entry - (entry % SLOT_STEP);
      if (!others.every((entries) => holdsSlot(entries, slot))) continue;
      if (++count >= most) break;
    }
    return count;
  }

  /**
   * Every post that has one of the terms or another form of it, best first. A term's `count` multiplies what it adds.
   * Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), section 3.
   */
  search(query: readonly { term: string; count: number }[]): LexicalHit[] {
    const { documents } = this;
    if (this.scores.length < documents.length) this.scores = new Float64Array(documents.length * 2);
    const scores = this.scores.fill(0, 0, documents.length);
    const mean = this.totalLength / Math.max(this.size, 1);
    for (const [posting, weight] of this.weigh(query)) {
      for (const entry of posting.entries) {
        const slot = Math.floor(entry / SLOT_STEP);
        const count = entry % SLOT_STEP;
        scores[slot]! += (weight * count) / (count + K1 * (1 - B + (B * documents[slot]!.length) / mean));
      }
    }
    const hits: LexicalHit[] = [];
    documents.forEach((document, slot) => {
      const score = scores[slot]!;
      if (document !== null && score > 0) hits.push({ post: document.post, score });
    });
    return hits.sort((a, b) => b.score - a.score || (a.post < b.post ? -1 : 1));
  }

  /** The query's terms as postings, each with all that its occurrences weigh; other forms of a term after it. */
  private weigh(query: readonly { term: string; count: number }[]): Map<Posting, number> {
    const weights = new Map<Posting, number>();
    for (const { term, count } of query) {
      const posting = this.postings.get(term);
      if (posting !== undefined) weights.set(posting, count * this.idfOf(posting.entries.length) * SATURATED);
    }
    const asked = new Set(weights.keys());
    for (const { term, count } of query) {
      const own = this.postings.get(term);
      for (const form of this.variants(term)) {
        if (asked.has(form)) continue;
        // A rare form of a common word is no better evidence than the word.
        const frequency = Math.max(own?.entries.length ?? 0, form.entries.length);
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

  private begin(term: string, stem = stemOf(term)): Posting {
    const posting = { term, entries: [] };
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

/** `slot` is that of a document times `SLOT_STEP`. */
function holdsSlot(entries: readonly number[], slot: number): boolean {
  const entry = entries[firstAtLeast(entries, slot)];
  return entry !== undefined && entry < slot + SLOT_STEP;
}

function insert(entries: number[], entry: number): void {
  const last = entries.at(-1);
  if (last === undefined || last < entry) entries.push(entry);
  else entries.splice(firstAtLeast(entries, entry), 0, entry);
}
