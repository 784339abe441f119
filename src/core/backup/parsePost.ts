// A post out of a backup: every field checked, addresses as safe as those of an import, and nothing else kept.
import type { BlockKind, Post, PostKind, TextBlock, TextLink } from '../post.ts';
import { postId } from '../post.ts';
import { languageTag } from '../text/languageTag.ts';
import { safeHref, safePostUrl } from '../text/structure/safeHref.ts';
import { every, isCount, isFinite, isRecord, isText, isTexts } from './values.ts';

const POST_KINDS: readonly PostKind[] = ['post', 'note', 'video'];
const BLOCK_KINDS: readonly BlockKind[] = ['paragraph', 'heading', 'item', 'quote', 'code', 'cue'];

const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value);

/** Null for what is no post. */
export function parsePost(value: unknown): Post | null {
  if (!isRecord(value)) return null;
  const { id, kind, title, summary, date, url, authors, tags, series, source, durationS, text, blocks, links } = value;
  const language = languageTag(value['language']);
  const known = POST_KINDS.find((one) => one === kind);
  if (known === undefined || !isText(id) || id === '') return null;
  if (!isText(title) || !isText(summary) || !isText(source) || !isText(text)) return null;
  if (!isTextOrNull(date) || !isTextOrNull(url) || !isTextOrNull(series)) return null;
  if (!isTexts(authors) || !isTexts(tags) || !(durationS === null || isFinite(durationS))) return null;
  const parts = parseBlocks(blocks, text.length);
  const kept = parseLinks(links, text.length);
  if (parts === null || kept === null) return null;
  return {
    id: postId(id),
    kind: known,
    title,
    summary,
    date,
    url: url === null ? null : safePostUrl(url),
    authors,
    tags,
    series,
    source,
    durationS,
    text,
    blocks: parts,
    links: kept,
    ...(language === null ? {} : { language }),
  };
}

function parseBlocks(value: unknown, length: number): TextBlock[] | null {
  if (!Array.isArray(value)) return null;
  let last = 0;
  const blocks = value.map((block: unknown): TextBlock | null => {
    if (!isRecord(block)) return null;
    const { kind, start, end, level, startS, endS } = block;
    const known = BLOCK_KINDS.find((one) => one === kind);
    const range = rangeOf(start, end, length);
    if (known === undefined || range === null || range.start < last) return null;
    if (![level, startS, endS].every((number) => number === undefined || isFinite(number))) return null;
    last = range.end;
    return {
      kind: known,
      ...range,
      ...(isFinite(level) ? { level } : {}),
      ...(isFinite(startS) ? { startS } : {}),
      ...(isFinite(endS) ? { endS } : {}),
    };
  });
  return every(blocks) ? blocks : null;
}

/** A link whose address is not safe is left out: its words stay. */
function parseLinks(value: unknown, length: number): TextLink[] | null {
  if (!Array.isArray(value)) return null;
  const links: TextLink[] = [];
  for (const link of value as unknown[]) {
    if (!isRecord(link)) return null;
    const { start, end, href } = link;
    const range = rangeOf(start, end, length);
    if (range === null || !isText(href)) return null;
    const safe = safeHref(href);
    if (safe !== null) links.push({ ...range, href: safe });
  }
  return links;
}

/** Of whole numbers within the text; null for none. */
function rangeOf(start: unknown, end: unknown, length: number): { start: number; end: number } | null {
  return isCount(start) && isCount(end) && start <= end && end <= length ? { start, end } : null;
}
