// Values of front matter and JSON, which may have any shape, as the shapes of a post.
import { decodeEntities } from '../text/structure/decodeEntity.ts';
import { markdownToText } from '../text/structure/markdown.ts';

export type Fields = Readonly<Record<string, unknown>>;

const LONGEST_TITLE = 500;
const LONGEST_SUMMARY = 2000;
const LONGEST_NAME = 200;
const MOST_NAMES = 100;

/** Tags of inline HTML that titles are dressed with; others, such as <template>, are what the title is about. */
const TITLE_MARKUP = /<\/?(?:a|abbr|b|br|code|em|font|i|mark|q|s|small|span|strong|sub|sup|u|wbr)\b[^<>]{0,500}>/gi;
const TITLE_SCRIPT = /<(script|style)\b[^<>]{0,500}>[^<]*(?:<\/\1\s*>|$)/gi;

export function asFields(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** The records of a list; what else is in it, or no list, gives none. */
export function asFieldsList(value: unknown): Fields[] {
  if (!Array.isArray(value)) return [];
  return (value as unknown[]).map(asFields).filter((fields) => fields !== null);
}

/** The first of the fields that holds something. Only the record's own: a key such as `constructor` finds nothing. */
export function firstOf(fields: Fields, ...names: string[]): unknown {
  for (const name of names) {
    if (!Object.hasOwn(fields, name)) continue;
    const value = fields[name];
    if (value !== undefined && value !== null && value !== '') return value;
  }
  return undefined;
}

/** A string or number as a line of text, else ''. */
export function asLine(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  return String(value).replace(/\s+/g, ' ').trim();
}

// Titles are plain text to most generators, so only markup that cannot be meant is taken out.
const TITLE_MARKDOWN =
  /\[([^[\]]{0,500})\]\([^()\s]{0,500}\)|`([^`]+)`|(?<![\w*])\*{1,2}(?=\S)([^*]+)(?<=\S)\*{1,2}(?![\w*])/g;

/** A title as plain text: inline markup and character references resolved. */
export function asTitle(value: unknown): string {
  const title = asLine(value);
  const bare = title.includes('<') ? title.replace(TITLE_SCRIPT, '').replace(TITLE_MARKUP, '') : title;
  const words = bare.replace(
    TITLE_MARKDOWN,
    (_, link?: string, code?: string, stressed?: string) => link ?? code ?? stressed ?? '',
  );
  return clip(asLine(decodeEntities(words)), LONGEST_TITLE);
}

/** A summary as plain text; Markdown and HTML in it are read. */
export function asSummary(value: unknown): string {
  const summary = typeof value === 'string' ? value.slice(0, LONGEST_SUMMARY * 4) : '';
  return summary === '' ? '' : clip(markdownToText(summary).text.replace(/\s+/g, ' '), LONGEST_SUMMARY);
}

/** The account behind a name, and what joins the last of a list to the others. */
const BESIDE_A_NAME = /\s*\(\[[^[\]]*\]\([^()]*\)\)|^(?:and|&)\s+/g;

/** Names of a list, of records with a name, or of one string with commas. Each once, as first written. */
export function asNames(value: unknown): string[] {
  const parts = Array.isArray(value) ? (value as unknown[]) : typeof value === 'string' ? value.split(',') : [value];
  const names = new Map<string, string>();
  for (const part of parts) {
    const fields = asFields(part);
    const name = clip(
      asTitle(
        asLine(fields === null ? part : firstOf(fields, 'name', 'title', 'label', 'term')).replace(BESIDE_A_NAME, ''),
      ),
      LONGEST_NAME,
    );
    if (name !== '' && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
    if (names.size === MOST_NAMES) break;
  }
  return [...names.values()];
}

/** Seconds of a number, "6:55", "1:02:03" or ISO 8601 "PT6M55S"; null for anything else. */
export function asSeconds(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value : null;
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  if (/^\d+(?::\d{1,2}){1,2}(?:\.\d+)?$/.test(text))
    return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  const iso = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/i.exec(text);
  return iso === null ? null : Number(iso[1] ?? 0) * 3600 + Number(iso[2] ?? 0) * 60 + Number(iso[3] ?? 0);
}

function clip(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).trimEnd()}…`;
}
