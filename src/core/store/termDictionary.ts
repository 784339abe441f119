// The terms of all posts by id, stored in pages: what blocks of digests name terms by. Ids are never used for another term.
import { stemOf } from '../text/terms.ts';
import type { Vocabulary } from '../text/termBlock.ts';
import type { Transaction } from './backend.ts';
import { checksum } from './checksum.ts';
import { DIGEST_RULE } from './digest.ts';
import { TERMS, type TermPage } from './schema.ts';

/** Some 60 KB: a page is written again whenever a term is added to it. */
export const TERMS_PER_PAGE = 4096;

/** Terms that a transaction has added, from the id that they begin with. */
export interface AddedTerms {
  from: number;
  terms: readonly string[];
}

export class TermDictionary implements Vocabulary {
  readonly terms: (string | undefined)[] = [];
  readonly stems: (string | undefined)[] = [];
  /** Made when a term is first looked up: opening needs none. */
  #ids: Map<string, number> | null = null;

  idOf(term: string): number | undefined {
    if (this.#ids === null) {
      this.#ids = new Map();
      for (const [id, known] of this.terms.entries()) if (known !== undefined) this.#ids.set(known, id);
    }
    return this.#ids.get(term);
  }

  /**
   * Takes a row from the disk; the ids of a page that is damaged, or of another rule, are of no term from then on. Gives what
   * is wrong with a damaged one.
   */
  takePage(row: TermPage): string | null {
    const from = row.page * TERMS_PER_PAGE;
    const page = decodePage(row);
    if (page === null) {
      if (this.terms.length < from + TERMS_PER_PAGE) this.terms.length = from + TERMS_PER_PAGE;
      return row.rule === DIGEST_RULE ? 'its bytes are not those that were written' : null;
    }
    page.terms.forEach((term, index) => this.#set(from + index, term, page.stems[index]));
    return null;
  }

  /** Never gives these ids to a term. */
  reserve(ids: Uint32Array): void {
    for (const id of ids) if (id >= this.terms.length) this.terms.length = id + 1;
  }

  /** Takes what other tabs have added meanwhile. */
  async catchUp(transaction: Transaction): Promise<void> {
    const lower = Math.floor(this.terms.length / TERMS_PER_PAGE);
    for (const row of await transaction.getAll(TERMS, { lower })) {
      const known = this.terms.length - row.page * TERMS_PER_PAGE;
      if (known < TERMS_PER_PAGE) this.takePage(row);
    }
  }

  /** Writes a page as far as its terms are known. */
  async writePage(transaction: Transaction, page: number): Promise<void> {
    const from = page * TERMS_PER_PAGE;
    const length = Math.min(TERMS_PER_PAGE, this.terms.length - from);
    const terms = Array.from({ length }, (_, index) => this.terms[from + index] ?? '');
    await transaction.put(TERMS, encodePage(page, terms));
  }

  /** Writes the pages that terms are added to. */
  async write(transaction: Transaction, { from, terms }: AddedTerms): Promise<void> {
    if (terms.length === 0) return;
    const last = Math.floor((from + terms.length - 1) / TERMS_PER_PAGE);
    for (let page = Math.floor(from / TERMS_PER_PAGE); page <= last; page++) {
      const start = page * TERMS_PER_PAGE;
      const end = Math.min(start + TERMS_PER_PAGE, from + terms.length);
      const all = Array.from({ length: end - start }, (_, index) => {
        const id = start + index;
        return (id < from ? this.terms[id] : terms[id - from]) ?? '';
      });
      await transaction.put(TERMS, encodePage(page, all));
    }
  }

  /** What a transaction has added is stored. */
  learn({ from, terms }: AddedTerms): void {
    terms.forEach((term, index) => this.#set(from + index, term, stemOf(term)));
  }

  #set(id: number, term: string, stem: string | undefined): void {
    if (term === '') return;
    this.terms[id] = term;
    this.stems[id] = stem;
    this.#ids?.set(term, id);
  }
}

/** `terms` from the first of the page, empty where an id is of none. */
export function encodePage(page: number, terms: readonly string[]): TermPage {
  // Most terms are their own stem.
  const stems = terms.map((term) => {
    const stem = stemOf(term);
    return stem === term ? '' : stem;
  });
  const bytes = new TextEncoder().encode(`${terms.join('\n')}\0${stems.join('\n')}`);
  return { page, rule: DIGEST_RULE, bytes, checksum: stampOf(page, bytes) };
}

/** The terms of one page under another's number would be other terms: the number is vouched for, too. */
const stampOf = (page: number, bytes: Uint8Array<ArrayBuffer>): number => checksum([bytes, Uint32Array.of(page)]);

/** Pages written before that was so vouch for their bytes alone. */
const isStamp = (stamped: unknown, page: number, bytes: Uint8Array<ArrayBuffer>): boolean =>
  stamped === stampOf(page, bytes) || stamped === checksum([bytes]);

/** Null for a row that is damaged or of another rule. */
export function decodePage(row: unknown): { terms: string[]; stems: string[] } | null {
  if (typeof row !== 'object' || row === null) return null;
  const { page, rule, bytes, checksum: stamped } = row as Partial<Record<keyof TermPage, unknown>>;
  if (rule !== DIGEST_RULE || typeof page !== 'number' || !(bytes instanceof Uint8Array)) return null;
  if (!isStamp(stamped, page, bytes as Uint8Array<ArrayBuffer>)) return null;
  const [all = '', forms = ''] = new TextDecoder().decode(bytes).split('\0');
  const terms = all.split('\n');
  const stems = forms.split('\n').map((stem, index) => (stem === '' ? (terms[index] ?? '') : stem));
  return { terms, stems };
}
