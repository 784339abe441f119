// What LinkedIn's export writes around an article: its address in the title, and a line each of when it was made and published.
import { elementText } from './elementText.ts';
import { hasClass } from './htmlTree.ts';
import type { HtmlElement } from './htmlTree.ts';
import { isoDate } from './isoDate.ts';

const ADDRESS = /^https?:\/\/(?:[a-z]+\.)?linkedin\.com\/pulse\//i;
const DATE_LINE = /^(?:Created|Published) on (?=\d)/i;

export interface LinkedinArticle {
  /** '' where the title is no link to one. */
  url: string;
  /** Null for an article that was never published. */
  date: string | null;
  isDraft: boolean;
}

/** Of all elements of a page. Without address and date for a page that is none. */
export function linkedinArticle(html: string, all: readonly HtmlElement[]): LinkedinArticle {
  const link = all.find(
    ({ name, parent, attributes }) => name === 'a' && parent?.name === 'h1' && ADDRESS.test(attributes['href'] ?? ''),
  );
  const published = all.find((one) => hasClass(one, 'published'));
  const date = published === undefined ? null : isoDate(elementText(html, published).replace(DATE_LINE, ''));
  const isDraft = link !== undefined && published === undefined && all.some((one) => hasClass(one, 'created'));
  return { url: link?.attributes['href'] ?? '', date, isDraft };
}

/** The lines that tell the dates of an article, and are none of its words. */
export function dateLines(html: string, all: readonly HtmlElement[]): HtmlElement[] {
  return ['created', 'published']
    .map((name) => all.find((one) => one.name === 'p' && hasClass(one, name)))
    .filter((one) => one !== undefined)
    .filter((one) => DATE_LINE.test(elementText(html, one)));
}
