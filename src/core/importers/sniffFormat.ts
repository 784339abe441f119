// Which format a file is in: by what it holds, then by its name.
import { asFields, firstOf } from './fieldValues.ts';
import { splitName } from './postFiles.ts';

export type FormatName = 'markdown' | 'feed' | 'json-lines' | 'transcript';

/** Enough to see the first element of a feed behind a licence in a comment, or the first line of most JSON. */
export const HEAD_BYTES = 8192;

const SUBRIP = /^\s*\d+\s*\r?\n\d{1,2}:\d{2}:\d{2},\d{3}\s+-->/;
const XML = /^<(?:\?xml|!--|!doctype|rss|feed|rdf:rdf|\w+:feed)/i;
const WEB_PAGE = /^<(?:!doctype\s+html|html)/i;
const MARKDOWN = new Set(['md', 'markdown', 'mdown', 'mkd', 'mdx']);
const FEED = new Set(['rss', 'atom', 'rdf']);
const JSON_LINES = new Set(['jsonl', 'ndjson', 'jsonlines']);

/** The format, or null for what is none that is known. `head` is the start of the file as text, at least HEAD_BYTES unless it is shorter. */
export function sniffFormat(head: string, path: string): FormatName | null {
  const { extension } = splitName(path);
  const text = head.replace(/^\ufeff/, '').trimStart();
  if (/^WEBVTT(?:\s|$)/.test(text) || SUBRIP.test(text)) return 'transcript';
  if (MARKDOWN.has(extension)) return 'markdown';
  if (text.startsWith('{')) return sniffJson(text, extension);
  if (/^(?:---|\+\+\+)[^\S\n]*\r?\n/.test(text)) return extension === 'xml' ? null : 'markdown';
  if (WEB_PAGE.test(text) || XML.test(text)) return 'feed';
  if (FEED.has(extension)) return 'feed';
  if (JSON_LINES.has(extension)) return 'json-lines';
  if (extension === 'vtt' || extension === 'srt') return 'transcript';
  return extension === 'txt' || extension === 'text' ? 'markdown' : null;
}

function sniffJson(text: string, extension: string): FormatName | null {
  if (JSON_LINES.has(extension)) return 'json-lines';
  if (/"version"\s*:\s*"https?:\\?\/\\?\/jsonfeed\.org/.test(text)) return 'feed';
  const end = text.indexOf('\n');
  const first = end < 0 ? text : text.slice(0, end);
  if (isPostObject(first)) return 'json-lines';
  // A first line longer than the head shows no end; the keys of a post tell it from other JSON.
  if (end < 0 && text.length >= HEAD_BYTES / 2 && /"(?:text|title|body|html)"\s*:/.test(first)) return 'json-lines';
  return null;
}

function isPostObject(line: string): boolean {
  try {
    const fields = asFields(JSON.parse(line));
    return (
      fields !== null &&
      firstOf(fields, 'text', 'markdown', 'body', 'content', 'html', 'content_html', 'content_text') !== undefined
    );
  } catch {
    return false;
  }
}
