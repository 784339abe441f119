// The part of a page that is its post: what the page marks as such, else where its prose is densest; without menus and the like.
import { allElements, hasClass, isWithin } from './htmlTree.ts';
import type { HtmlElement } from './htmlTree.ts';
import { dateLines } from './linkedinArticle.ts';
import { repeatedHeadings } from './mediumExport.ts';

/** Elements around a post, never of it. */
const AROUND = new Set(
  'nav aside footer form dialog menu button select textarea script style noscript template iframe head'.split(' '),
);
const AROUND_ROLES = /^(?:navigation|complementary|contentinfo|banner|search|dialog|alert|menu)$/;
/** Names that sites give to what stands around their posts. */
const AROUND_NAMES =
  /(?:^|[\s_-])(?:nav|navbar|navigation|menu|sidebar|side-bar|breadcrumbs?|pagination|pager|comments?|respond|disqus|share|sharing|social|related|recommended|newsletter|subscribe|subscription|cookie|consent|banner|advert|ads|promo|popup|modal|skip-link|sr-only|toc|table-of-contents|byline-share|post-nav|author-bio)(?:[\s_-]|$)/i;
const CONTAINERS = new Set('div section ul ol article header main td table'.split(' '));
/** What holds prose of its own. */
const PROSE = new Set('p pre blockquote li h2 h3 h4 figcaption dd'.split(' '));
/** A container by such a name that holds most of the page's text is the post all the same. */
const MOST_OF_PAGE = 0.6;
/** Of its letters, in a block of links. */
const MOSTLY_LINKS = 0.6;
/** A list of posts shows several of them; a post may quote one. */
const FEWEST_OF_A_LIST = 3;
/** Comments are articles too on some sites; more than this are a list in any case. */
const MOST_ARTICLES = 300;

export interface ReadablePart {
  /** HTML of the part, without what stands around a post. */
  html: string;
  element: HtmlElement;
}

/** Null for a page that lists posts rather than being one, or that has no prose. */
export function readablePart(html: string, root: HtmlElement): ReadablePart | null {
  const part = marked(root) ?? densest(root);
  return part === null ? null : { html: without(html, part, root), element: part };
}

/** What the page itself calls its post: microformats, schema.org, the elements of HTML. */
function marked(root: HtmlElement): HtmlElement | null {
  const all = [...allElements(root)];
  const contents = all.filter((one) => hasClass(one, 'e-content') && one.letters > 0);
  if (contents.length === 1) return contents[0] ?? null;
  const bodies = all.filter(
    ({ attributes, letters }) => /(?:^|\s)articleBody(?:\s|$)/.test(attributes['itemprop'] ?? '') && letters > 0,
  );
  if (bodies.length === 1) return bodies[0] ?? null;
  const articles = all.filter((one) => one.name === 'article' && one.letters > 0 && !isAround(one, root));
  if (articles.length > MOST_ARTICLES) return null;
  const outer = articles.filter((one) => !articles.some((other) => other !== one && isWithin(one, other)));
  const largest = outer.reduce<HtmlElement | null>(
    (best, one) => (best === null || one.letters > best.letters ? one : best),
    null,
  );
  const sum = outer.reduce((total, { letters }) => total + letters, 0);
  if (largest !== null && (outer.length < FEWEST_OF_A_LIST || largest.letters > sum * MOST_OF_PAGE)) return largest;
  if (outer.length >= FEWEST_OF_A_LIST) return null;
  const mains = all.filter((one) => (one.name === 'main' || one.attributes['role'] === 'main') && one.letters > 0);
  return mains.length === 1 ? (mains[0] ?? null) : null;
}

/** Every block of prose speaks for its parent, and half for the one above. */
function densest(root: HtmlElement): HtmlElement | null {
  if ([...allElements(root)].filter(({ name }) => name === 'article').length >= FEWEST_OF_A_LIST) return null;
  const scores = new Map<HtmlElement, number>();
  const add = (one: HtmlElement | null, score: number): void => {
    if (one !== null) scores.set(one, (scores.get(one) ?? 0) + score);
  };
  for (const one of allElements(root, (next) => !isAround(next, root))) {
    if (!PROSE.has(one.name) || isAround(one, root)) continue;
    const prose = one.letters - 2 * one.linked;
    add(one.parent, prose);
    add(one.parent?.parent ?? null, prose / 2);
  }
  let best: HtmlElement | null = null;
  let most = 0;
  for (const [one, score] of scores) {
    if (score <= most) continue;
    most = score;
    best = one;
  }
  if (best !== null) return best;
  // A fragment without a paragraph, as exports write them.
  return root.letters > 2 * root.linked ? root : null;
}

function isAround(one: HtmlElement, root: HtmlElement): boolean {
  if (AROUND.has(one.name) || AROUND_ROLES.test(one.attributes['role'] ?? '')) return true;
  if (one.attributes['hidden'] !== undefined || one.attributes['aria-hidden'] === 'true') return one.name !== 'a';
  if (!CONTAINERS.has(one.name)) return false;
  const named = AROUND_NAMES.test(`${one.attributes['class'] ?? ''} ${one.attributes['id'] ?? ''}`);
  return named && one.letters < root.letters * MOST_OF_PAGE;
}

/** The source of an element with what stands around a post cut out. */
function without(html: string, part: HtmlElement, root: HtmlElement): string {
  const all = [...allElements(root)];
  const told = new Set([...dateLines(html, all), ...repeatedHeadings(html, all)]);
  const isDropped = (one: HtmlElement): boolean => told.has(one) || isOther(one, part, root);
  const pieces: string[] = [];
  let at = part.start;
  for (const one of allElements(part, (next) => next === part || !isDropped(next))) {
    if (one === part || one.start < at || !isDropped(one)) continue;
    pieces.push(html.slice(at, one.start));
    at = Math.max(at, one.end);
  }
  pieces.push(html.slice(at, part.end));
  return pieces.join(' ');
}

function isOther(one: HtmlElement, part: HtmlElement, root: HtmlElement): boolean {
  if (isAround(one, root)) return true;
  const isBlockOfLinks = CONTAINERS.has(one.name) && one.letters > 0 && one.linked > one.letters * MOSTLY_LINKS;
  return isBlockOfLinks && one.letters < part.letters / 4 && one.name !== 'article' && one.name !== 'main';
}
