// A page of HTML as a tree of elements that know where they stand in the source, for finding the part worth reading.
import { Parser } from 'htmlparser2';
import { KindredError } from '../errors.ts';

export interface HtmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: HtmlElement[];
  parent: HtmlElement | null;
  /** [start, end) in the source, its own tags included. */
  start: number;
  end: number;
  /** Characters of text in it that are not white space, and how many of them stand in links. */
  letters: number;
  linked: number;
}

/** Browsers stop nesting at 512. */
const DEEPEST = 1000;
/** A page has some thousands; the tree of one that was made to hurt would fill the memory. */
const MOST_ELEMENTS = 500_000;
const NO_TEXT = new Set(['script', 'style', 'noscript', 'template', 'svg', 'iframe', 'head']);

/** Throws `format-broken` when elements nest too deep or are too many. Linear in the length. */
export function htmlTree(html: string): HtmlElement {
  const root = element('#root', {}, null, 0);
  root.end = html.length;
  let open = root;
  let depth = 0;
  let count = 0;
  let links = 0;
  let silent = 0;
  const parser: Parser = new Parser({
    onopentag: (name, attributes) => {
      if (++depth > DEEPEST) throw tooMuch(`Its elements nest more than ${DEEPEST} levels deep`);
      if (++count > MOST_ELEMENTS) throw tooMuch(`It has more than ${MOST_ELEMENTS} elements`);
      const next = element(name, { ...attributes }, open, parser.startIndex);
      open.children.push(next);
      open = next;
      if (name === 'a') links++;
      if (NO_TEXT.has(name)) silent++;
    },
    ontext: (text) => {
      if (silent > 0) return;
      const letters = text.replace(/\s+/g, '').length;
      open.letters += letters;
      if (links > 0) open.linked += letters;
    },
    onclosetag: (name) => {
      depth--;
      if (name === 'a') links--;
      if (NO_TEXT.has(name)) silent--;
      open.end = Math.max(open.start, parser.endIndex + 1);
      const { parent, letters, linked } = open;
      if (parent === null) return;
      parent.letters += letters;
      parent.linked += linked;
      open = parent;
    },
  });
  parser.write(html);
  parser.end();
  return root;
}

/** An element and all below it, in the order of the source. */
export function* allElements(
  root: HtmlElement,
  enter: (one: HtmlElement) => boolean = () => true,
): Generator<HtmlElement> {
  const waiting = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next;
    if (enter(next)) for (let i = next.children.length - 1; i >= 0; i--) waiting.push(next.children[i] as HtmlElement);
  }
}

export function hasClass({ attributes }: HtmlElement, ...names: string[]): boolean {
  const classes = (attributes['class'] ?? '').split(/\s+/);
  return names.some((name) => classes.includes(name));
}

/** Whether one stands in the other, or is it. */
export function isWithin(inner: HtmlElement, outer: HtmlElement): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  parent: HtmlElement | null,
  start: number,
): HtmlElement {
  return { name, attributes, children: [], parent, start, end: start, letters: 0, linked: 0 };
}

function tooMuch(what: string): KindredError {
  return new KindredError('format-broken', `${what}: save the page anew, or copy its text into a Markdown file.`);
}
