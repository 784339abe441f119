// Whether probabilities are what they say: of suggestions that have 0.3, how many are linked to.
import type { SiteAnswer } from './askSite.ts';
import { MOST_SHOWN } from './falseSuggestions.ts';

/** Suggestions of about one probability. */
export interface Bin {
  /** Mean of what was said, and share that came true; 0 to 1. */
  said: number;
  true: number;
  /** Share of all suggestions. */
  share: number;
}

const BINS = 10;

interface Judged {
  probability: number;
  linked: boolean;
  strange: boolean;
  /** Of the draft; its suggestions share it. */
  weight: number;
}

/**
 * Of the suggestions that answers would have without a threshold. Every draft counts the same, and half of them are of
 * other sites, where nothing is right: an author who begins something new is told the truth as well.
 */
export class Reliability {
  readonly #judged: Judged[] = [];

  add({ relevant, matches }: SiteAnswer): void {
    const shown = matches.slice(0, MOST_SHOWN);
    for (const { hit, probability } of shown) {
      const linked = relevant.has(hit.post);
      this.#judged.push({ probability, linked, strange: relevant.size === 0, weight: 1 / shown.length });
    }
  }

  /** Of the site's own drafts alone, or with those of others. Bins without a suggestion are left out. */
  bins({ strangers }: { strangers: boolean }): Bin[] {
    const kept = this.#judged.filter(({ strange }) => strangers || !strange);
    const half = {
      own: sum(kept.filter(({ strange }) => !strange)),
      strange: sum(kept.filter(({ strange }) => strange)),
    };
    const bins = Array.from({ length: BINS }, () => ({ said: 0, true: 0, share: 0 }));
    for (const { probability, linked, strange, weight } of kept) {
      const bin = bins[Math.min(BINS - 1, Math.floor(probability * BINS))];
      if (bin === undefined) continue;
      const share = (weight / (strange ? half.strange : half.own)) * (half.strange > 0 ? 0.5 : 1);
      bin.share += share;
      bin.said += share * probability;
      if (linked) bin.true += share;
    }
    return bins
      .filter(({ share }) => share > 0)
      .map(({ said, true: linked, share }) => ({ said: said / share, true: linked / share, share }));
  }
}

const sum = (judged: readonly Judged[]): number => judged.reduce((all, { weight }) => all + weight, 0);

/** Expected calibration error: how far what was said lies from what came true, on average (Naeini and others, 2015). */
export const calibrationError = (bins: readonly Bin[]): number =>
  bins.reduce((all, { said, true: came, share }) => all + share * Math.abs(said - came), 0);

const SIZE = 260;
const MARGIN = 34;

/** A reliability diagram as SVG, one panel for each of the names: dots on the diagonal say what came true. */
export function diagram(panels: readonly { name: string; bins: readonly Bin[] }[]): string {
  const step = SIZE + 2 * MARGIN;
  const body = panels.map(
    ({ name, bins }, index) => `<g transform="translate(${index * step + MARGIN} ${MARGIN})">${panel(name, bins)}</g>`,
  );
  const style =
    'text{font:12px sans-serif;fill:#333}line,rect{stroke:#999;fill:none}circle{fill:#0b6656;fill-opacity:.75}';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${panels.length * step}" height="${step}"><style>${style}</style>${body.join('')}</svg>\n`;
}

function panel(name: string, bins: readonly Bin[]): string {
  const place = (value: number): string => (value * SIZE).toFixed(1);
  const dots = bins.map(
    ({ said, true: came, share }) =>
      `<circle cx="${place(said)}" cy="${place(1 - came)}" r="${(3 + 9 * Math.sqrt(share)).toFixed(1)}"><title>${(100 * share).toFixed(1)} %</title></circle>`,
  );
  const error = calibrationError(bins).toFixed(3);
  return [
    `<text y="-12">${escape(name)}: error ${error}</text>`,
    `<rect width="${SIZE}" height="${SIZE}"/><line x1="0" y1="${SIZE}" x2="${SIZE}" y2="0"/>`,
    `<text x="${SIZE}" y="${SIZE + 18}" text-anchor="end">said</text><text x="4" y="14">came true</text>`,
    ...dots,
  ].join('');
}

const escape = (text: string): string => text.replace(/[<&]/g, (sign) => (sign === '<' ? '&lt;' : '&amp;'));
