// The words of one element of a page, as one line.
import { htmlToText } from '../text/structure/html.ts';
import type { HtmlElement } from './htmlTree.ts';

/** In UTF-16 code units, markup included. */
const LONGEST = 4000;

/** Without markup and line ends; of a long element only its beginning. */
export function elementText(html: string, { start, end }: HtmlElement): string {
  return htmlToText(html.slice(start, Math.min(end, start + LONGEST)))
    .text.replace(/\s+/g, ' ')
    .trim();
}
