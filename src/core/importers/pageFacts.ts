// What a page says of itself: title, date, address, author, tags; in microformats, schema.org, Open Graph and plain HTML.
import { elementText } from './elementText.ts';
import { asFields, asLine, asNames, firstOf } from './fieldValues.ts';
import { allElements, hasClass } from './htmlTree.ts';
import type { HtmlElement } from './htmlTree.ts';
import { isoDate } from './isoDate.ts';
import { linkedinArticle } from './linkedinArticle.ts';

export interface PageFacts {
  title: string;
  summary: string;
  date: string | null;
  url: string;
  authors: string[];
  tags: string[];
  /** As the page or its readable part is marked; '' where neither is. */
  language: string;
  /** Names itself a post: by microformats, by schema.org or by its type. */
  isPost: boolean;
  /** Of a page that an export writes for what was never published. */
  isDraft: boolean;
}

const LARGEST_DATA = 200_000;
const MOST_TAGS = 100;

/** `part` is the readable one, whose headings and times count before those of the page. */
export function pageFacts(html: string, root: HtmlElement, part: HtmlElement): PageFacts {
  const all = [...allElements(root)];
  const inPart = [...allElements(part)];
  const text = (one: HtmlElement | undefined): string => (one === undefined ? '' : elementText(html, one));
  const ofClass = (name: string): HtmlElement | undefined => all.find((one) => hasClass(one, name));
  const meta = metaOf(all);
  const data = linkedData(html, all);
  const link = (rel: string): string =>
    all.find(({ name, attributes }) => name === 'link' && attributes['rel'] === rel)?.attributes['href'] ?? '';
  const heading = inPart.find(({ name }) => name === 'h1') ?? onlyOne(all.filter(({ name }) => name === 'h1'));
  const time =
    ofClass('dt-published') ?? inPart.find(({ name, attributes }) => name === 'time' && 'datetime' in attributes);
  const canonical = ofClass('p-canonical') ?? ofClass('u-url');
  const article = linkedinArticle(html, all);
  return {
    title:
      text(ofClass('p-name')) ||
      data.title ||
      meta.get('og:title')?.[0] ||
      text(heading) ||
      pageTitle(text(all.find(({ name }) => name === 'title')), html, all),
    summary: text(ofClass('p-summary')) || (meta.get('description')?.[0] ?? meta.get('og:description')?.[0] ?? ''),
    date:
      isoDate(time !== undefined && hasClass(time, 'dt-published') ? dateIn(time, text) : undefined) ??
      isoDate(data.date) ??
      isoDate(
        first(
          meta,
          'article:published_time',
          'datepublished',
          'date',
          'dc.date',
          'dcterms.created',
          'pubdate',
          'publish-date',
        ),
      ) ??
      article.date ??
      isoDate(time === undefined ? undefined : dateIn(time, text)),
    url: canonical?.attributes['href'] ?? (link('canonical') || (meta.get('og:url')?.[0] ?? article.url)),
    authors: asNames([text(ofClass('p-author')), ...data.authors, ...(meta.get('author') ?? [])].slice(0, 1)),
    tags: asNames([
      ...(meta.get('article:tag') ?? []),
      ...(meta.get('keywords') ?? []).flatMap((list) => list.split(',')),
      ...all
        .filter((one) => hasClass(one, 'p-category', 'p-tag') || one.attributes['rel'] === 'tag')
        .slice(0, MOST_TAGS)
        .map(text),
    ]),
    language: part.attributes['lang'] ?? all.find(({ name }) => name === 'html')?.attributes['lang'] ?? '',
    isPost:
      ofClass('h-entry') !== undefined ||
      article.url !== '' ||
      article.date !== null ||
      data.isPost ||
      meta.get('og:type')?.[0] === 'article' ||
      meta.has('article:published_time'),
    isDraft: article.isDraft,
  };
}

function metaOf(all: readonly HtmlElement[]): Map<string, string[]> {
  const meta = new Map<string, string[]>();
  for (const { name, attributes } of all) {
    if (name !== 'meta') continue;
    const key = (attributes['property'] ?? attributes['name'] ?? attributes['itemprop'] ?? '').toLowerCase();
    const value = (attributes['content'] ?? '').trim();
    if (key === '' || value === '') continue;
    const known = meta.get(key);
    if (known === undefined) meta.set(key, [value]);
    else if (known.length < MOST_TAGS) known.push(value);
  }
  return meta;
}

function first(meta: ReadonlyMap<string, string[]>, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = meta.get(name)?.[0];
    if (value !== undefined) return value;
  }
  return undefined;
}

const onlyOne = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined);

const dateIn = (time: HtmlElement, text: (one: HtmlElement) => string): string =>
  time.attributes['datetime'] ?? text(time);

/** The title of the browser's tab, without the name of the site behind it. */
function pageTitle(title: string, html: string, all: readonly HtmlElement[]): string {
  const parts = title.split(/\s+[|–—·]\s+|\s+-\s+/);
  const head = parts[0] ?? '';
  const isShown = all.some(({ name, start, end }) => /^h[1-3]$/.test(name) && html.slice(start, end).includes(head));
  return parts.length > 1 && (isShown || parts.length === 2) ? head : title;
}

interface LinkedData {
  title: string;
  date: string;
  authors: string[];
  isPost: boolean;
}

/** schema.org in a script of JSON; what can't be read says nothing. */
function linkedData(html: string, all: readonly HtmlElement[]): LinkedData {
  for (const { name, attributes, start, end } of all) {
    if (name !== 'script' || attributes['type'] !== 'application/ld+json' || end - start > LARGEST_DATA) continue;
    const source = html.slice(start, end).replace(/^<[^>]*>|<\/script\s*>$/gi, '');
    let value: unknown;
    try {
      value = JSON.parse(source);
    } catch {
      continue;
    }
    const graph = asFields(value)?.['@graph'];
    const nodes = Array.isArray(value) ? (value as unknown[]) : Array.isArray(graph) ? (graph as unknown[]) : [value];
    for (const node of nodes) {
      const fields = asFields(node);
      if (fields === null || !/(?:Article|BlogPosting|NewsArticle|Report)$/.test(asLine(firstOf(fields, '@type'))))
        continue;
      return {
        title: asLine(firstOf(fields, 'headline', 'name')),
        date: asLine(firstOf(fields, 'datePublished', 'dateCreated')),
        authors: asNames(firstOf(fields, 'author')),
        isPost: true,
      };
    }
  }
  return { title: '', date: '', authors: [], isPost: false };
}
