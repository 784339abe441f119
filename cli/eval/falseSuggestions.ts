// Counts what a library says to drafts of other sites, and what it keeps of what its own authors linked.
import { PARTS, type SiteAnswer } from './askSite.ts';

/** Of the drafts of one site, asked in one library in one way. */
export interface Counted {
  from: string;
  meaning: boolean;
  part: (typeof PARTS)[number];
  drafts: number;
  /** Share of them that got any suggestion. */
  any: number;
  /** Suggestions a draft, on average. */
  suggestions: number;
  /** Of linked posts that would be among the suggestions without a threshold, the share that it keeps; null for strangers. */
  kept: number | null;
}

interface Tally {
  drafts: number;
  any: number;
  suggestions: number;
  linked: number;
  kept: number;
}

/** Suggestions an answer has at most. */
export const MOST_SHOWN = 8;

export class SuggestionCounts {
  readonly #tallies = new Map<string, Tally>();

  /** `isShown` is the threshold. */
  add(
    { from, basis: { meaning }, part, relevant, matches }: SiteAnswer,
    isShown: (match: SiteAnswer['matches'][number]) => boolean,
  ) {
    const key = [from, meaning, part].join('\t');
    const tally = this.#tallies.get(key) ?? { drafts: 0, any: 0, suggestions: 0, linked: 0, kept: 0 };
    this.#tallies.set(key, tally);
    const shown = matches.filter(isShown).slice(0, MOST_SHOWN);
    const isLinked = ({ hit }: SiteAnswer['matches'][number]): boolean => relevant.has(hit.post);
    tally.drafts++;
    if (shown.length > 0) tally.any++;
    tally.suggestions += shown.length;
    tally.linked += matches.slice(0, MOST_SHOWN).filter(isLinked).length;
    tally.kept += shown.filter(isLinked).length;
  }

  all(): Counted[] {
    return Array.from(this.#tallies, ([key, { drafts, any, suggestions, linked, kept }]) => {
      const [from = '', meaning, part] = key.split('\t');
      return {
        from,
        meaning: meaning === 'true',
        part: PARTS.find((one) => one === part) ?? 'draft',
        drafts,
        any: any / drafts,
        suggestions: suggestions / drafts,
        kept: linked === 0 ? null : kept / linked,
      };
    });
  }
}
