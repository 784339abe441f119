// What ranking looks at besides text and vectors: when a post appeared, how it is called and tagged, what links to it.
import { firstAtLeast } from '../text/firstAtLeast.ts';
import { stemOf, termCounts } from '../text/terms.ts';
import { titleKeyOf } from '../text/titleKey.ts';
import { TitleCounts } from './duplicates/titleCounts.ts';
import { LinkGraph, type LinkingPost } from './linkGraph.ts';

/** A post as far as its traits go. */
export interface TraitSource extends LinkingPost {
  title: string;
  summary: string;
  /** ISO 8601, or null. */
  date: string | null;
  tags: readonly string[];
}

export interface HeadTerm {
  term: string;
  /** Equal for all forms of a word. */
  stem: string;
}

export interface PostTraits {
  /** Days since 1970, with a fraction; null without a date. */
  day: number | null;
  /** Of the title, each once. */
  title: readonly HeadTerm[];
  /** Of the summary, each once, those of the title left out. */
  summary: readonly HeadTerm[];
  /** Lower case, each once. */
  tags: readonly string[];
  words: number;
}

export const MS_A_DAY = 86_400_000;

/** Terms are read when they are first asked for: of a large library most posts never are, and opening it would wait. */
class Traits implements PostTraits {
  readonly day: number | null;
  readonly tags: readonly string[];
  readonly words: number;
  readonly #texts: { title: string; summary: string };
  #terms: Pick<PostTraits, 'title' | 'summary'> | null = null;

  constructor({ title, summary, date }: TraitSource, tags: readonly string[], words: number) {
    this.day = dayOf(date);
    this.tags = tags;
    this.words = words;
    this.#texts = { title, summary };
  }

  get title(): readonly HeadTerm[] {
    return this.#read().title;
  }

  get summary(): readonly HeadTerm[] {
    return this.#read().summary;
  }

  #read(): Pick<PostTraits, 'title' | 'summary'> {
    if (this.#terms === null) {
      const title = headTerms(this.#texts.title);
      const named = new Set(title.map(({ stem }) => stem));
      const summary = headTerms(this.#texts.summary).filter(({ stem }) => !named.has(stem));
      this.#terms = { title, summary };
    }
    return this.#terms;
  }
}

export class TraitIndex {
  readonly links = new LinkGraph();
  readonly titles = new TitleCounts();
  readonly #traits = new Map<string, PostTraits>();
  readonly #tagged = new Map<string, number>();
  #byDay: { days: Float64Array; ids: string[] } | null = null;

  /** Posts. */
  get size(): number {
    return this.#traits.size;
  }

  get(id: string): PostTraits | undefined {
    return this.#traits.get(id);
  }

  /** Most posts have a date: when they appeared says something of all. */
  get dated(): boolean {
    return this.before(Infinity) * 2 > this.size;
  }

  /** Posts dated before a day. */
  before(day: number): number {
    return firstAtLeast(this.#dated().days, day);
  }

  /** Of the posts dated before a day the newest, newest first. */
  newest(day: number, most: number): string[] {
    const end = this.before(day);
    return this.#dated()
      .ids.slice(Math.max(0, end - most), end)
      .reverse();
  }

  #dated(): { days: Float64Array; ids: string[] } {
    if (this.#byDay === null) {
      const dated = [...this.#traits].flatMap(([id, { day }]) => (day === null ? [] : [{ id, day }]));
      dated.sort((a, b) => a.day - b.day || (a.id < b.id ? -1 : 1));
      this.#byDay = { days: Float64Array.from(dated, ({ day }) => day), ids: dated.map(({ id }) => id) };
    }
    return this.#byDay;
  }

  /** Share of the posts that have a tag, 0 to 1. */
  shareTagged(tag: string): number {
    return (this.#tagged.get(tag) ?? 0) / Math.max(1, this.size);
  }

  /** Adds a post, in place of what was there under the same id. The key of its title is worked out where it is not given. */
  put(post: TraitSource, words: number, titleKey = titleKeyOf(post.title)): void {
    this.remove(post.id);
    this.links.put(post);
    this.titles.put(post.id, titleKey);
    const tags = [...new Set(post.tags.map((tag) => tag.toLowerCase()))];
    for (const tag of tags) this.#tagged.set(tag, (this.#tagged.get(tag) ?? 0) + 1);
    this.#traits.set(post.id, new Traits(post, tags, words));
    this.#byDay = null;
  }

  /** Takes a post out; one that isn't there is no error. */
  remove(id: string): void {
    const traits = this.#traits.get(id);
    if (traits === undefined) return;
    for (const tag of traits.tags) {
      const left = (this.#tagged.get(tag) ?? 0) - 1;
      if (left > 0) this.#tagged.set(tag, left);
      else this.#tagged.delete(tag);
    }
    this.links.remove(id);
    this.titles.remove(id);
    this.#traits.delete(id);
    this.#byDay = null;
  }
}

/** The terms of a title or summary, one for each stem. */
export function headTerms(text: string): HeadTerm[] {
  const found = new Map<string, HeadTerm>();
  for (const term of termCounts([{ text, weight: 1 }]).keys()) {
    const stem = stemOf(term);
    if (!found.has(stem)) found.set(stem, { term, stem });
  }
  return [...found.values()];
}

/** Days since 1970; null for no date and for one that cannot be read. */
export function dayOf(date: string | null): number | null {
  const ms = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(ms) ? null : ms / MS_A_DAY;
}
