// The formats that a library may have beside the common ones, told by what a file holds.
import { asFields, asLine, firstOf } from './fieldValues.ts';
import type { Fields } from './fieldValues.ts';
import { HEAD_BYTES } from './foundFile.ts';
import { isChosenAlone, splitName } from './postFiles.ts';
import { takeoutColumns } from './takeoutColumns.ts';
import { hasTimedLines } from './timedLines.ts';

export type OtherFormat =
  | 'blogger'
  | 'bluesky'
  | 'bluesky-car'
  | 'feed'
  | 'feed-list'
  | 'ghost'
  | 'hacker-news'
  | 'html'
  | 'instagram'
  | 'linkedin-shares'
  | 'mastodon'
  | 'reddit'
  | 'sitemap'
  | 'substack'
  | 'table'
  | 'timed-text'
  | 'wordpress'
  | 'x'
  | 'youtube';

type Found = OtherFormat | 'json-lines' | null;

const FEED_ENDINGS = new Set(['rss', 'atom', 'rdf', 'xml']);
/** Declarations and comments, which may come before the first element. */
const BEFORE_ROOT = /^(?:\s+|<\?[^]*?\?>|<!--[^]*?-->|<![a-z][^>[]*(?:\[[^\]]*\][^>]*)?>)*/i;
const ROOT = /^<([a-z_][\w.:-]*)/i;
const ROOTS: ReadonlyMap<string, OtherFormat> = new Map<string, OtherFormat>([
  ['rss', 'feed'],
  ['feed', 'feed'],
  ['rdf:rdf', 'feed'],
  ['opml', 'feed-list'],
  ['urlset', 'sitemap'],
  ['sitemapindex', 'sitemap'],
  ['tt', 'timed-text'],
  ['transcript', 'timed-text'],
  ['timedtext', 'timed-text'],
]);
const SUBVIEWER = /^\d+:\d{2}:\d{2}\.\d{3},\d+:\d{2}:\d{2}\.\d{3}/;

/** The format, or null. `text` is the start of the file without byte order mark and leading space, `head` the same as bytes. */
export function sniffOther(text: string, path: string, head: Uint8Array): Found {
  const { extension } = splitName(path);
  if (text.startsWith('<')) return sniffMarkup(text, extension, path);
  if (extension === 'txt' && hasTimedLines(text)) return 'timed-text';
  if (text.startsWith('{') || text.startsWith('[')) return sniffJson(text, extension, head.length);
  if (/^window\.YTD\.\w+\.part\d+\s*=/.test(text)) return 'x';
  if (isCar(head, extension)) return 'bluesky-car';
  if (extension === 'csv' || extension === 'tsv') return sniffTable(text, path, head);
  if (extension === 'html' || extension === 'htm') return 'html';
  if (extension !== 'xml' && FEED_ENDINGS.has(extension)) return 'feed';
  return extension === 'sbv' || SUBVIEWER.test(text) ? 'timed-text' : null;
}

function sniffMarkup(text: string, extension: string, path: string): Found {
  const isPage = extension === 'html' || extension === 'htm';
  const root = ROOT.exec(text.replace(BEFORE_ROOT, ''))?.[1]?.toLowerCase();
  if (root === 'rss' && /xmlns:wp\s*=|wordpress\.org\/export/.test(text)) return 'wordpress';
  if (root === 'feed' && /blogger\/2018|\.archive<\/id>|blogger\/2008\/kind#/.test(text)) return 'blogger';
  const local = root?.replace(/^\w+:/, '');
  const known = ROOTS.get(root ?? '') ?? ROOTS.get(local ?? '');
  if (known !== undefined && !isPage) return known;
  // Of a page under the name of a feed the feed's importer knows what to say.
  if (FEED_ENDINGS.has(extension)) return root === 'html' || isChosenAlone(path) ? 'feed' : null;
  if (isPage || root === 'html' || /^<!doctype\s+html/i.test(text)) return 'html';
  return isChosenAlone(path) && /^<(?:\?xml|!--|!doctype)/i.test(text) ? 'feed' : null;
}

/** Each looks for keys near the start, whatever comes first of them. */
const JSON_MARKS: readonly [format: OtherFormat, marks: readonly RegExp[]][] = [
  ['feed', [/"version"\s*:\s*"https?:\\?\/\\?\/jsonfeed\.org/]],
  ['mastodon', [/"orderedItems"\s*:\s*\[/]],
  ['mastodon', [/"type"\s*:\s*"OrderedCollection"/]],
  ['ghost', [/"db"\s*:\s*\[/]],
  ['ghost', [/"exported_on"\s*:/, /"data"\s*:\s*\{/]],
  ['bluesky', [/"app\.bsky\.feed\.(?:post|defs)/]],
  ['bluesky', [/"uri"\s*:\s*"at:\/\//]],
  ['instagram', [/"text_post_app_text_posts"/]],
  ['instagram', [/"media"\s*:\s*\[/, /"creation_timestamp"\s*:/]],
  ['timed-text', [/"segments"\s*:\s*\[/, /"(?:startTime|start)"\s*:/]],
  ['timed-text', [/"transcription"\s*:\s*\[/, /"(?:offsets|timestamps)"\s*:/]],
  ['timed-text', [/"wireMagic"|"tStartMs"/]],
  ['youtube', [/"kind"\s*:\s*"youtube#video/]],
  ['youtube', [/"channel_id"\s*:|"webpage_url"\s*:/, /"(?:fulltitle|upload_date|extractor)"\s*:/]],
  ['hacker-news', [/"objectID"\s*:/, /"(?:story_text|comment_text|story_id|_tags)"\s*:/]],
  ['hacker-news', [/"by"\s*:\s*"/, /"type"\s*:\s*"(?:story|comment|poll|job)"/, /"time"\s*:\s*\d/]],
];

/** All that was said comes before the times of speech recognition: within it the head ends, after line ends that no line of JSON has. */
const LONG_SPEECH =
  /^\{\s*\n\s*(?:"\w+"\s*:\s*(?:"(?:[^"\\]|\\.)*"|[\w.+-]+)\s*,\s*)*"text"\s*:\s*"(?:[^"\\]|\\.)*\\?$/;
/** The first of a list of cues. */
const FIRST_ITEM = /^\[\s*(?:\[\s*)?(\{(?:[^{}"]|"(?:[^"\\]|\\.)*")*\})/;

function sniffJson(text: string, extension: string, headBytes: number): Found {
  for (const [format, marks] of JSON_MARKS) if (marks.every((mark) => mark.test(text))) return format;
  if (isCueList(text) || (headBytes >= HEAD_BYTES && LONG_SPEECH.test(text))) return 'timed-text';
  if (text.startsWith('{')) return isJsonLines(text, headBytes) ? 'json-lines' : null;
  return extension === 'json' && /^\[\s*\{/.test(text) ? 'table' : null;
}

/** Words with times, and nothing that a post would be known by. */
function isCueList(text: string): boolean {
  const item = parsedFields(FIRST_ITEM.exec(text)?.[1] ?? '');
  if (item === null || firstOf(item, 'id', 'title', 'url', 'link', 'date') !== undefined) return false;
  const has = (...names: string[]): boolean => /^\d[\d.:,]*$/.test(asLine(firstOf(item, ...names)));
  return typeof item['text'] === 'string' && has('start') && has('duration', 'dur', 'end');
}

function sniffTable(text: string, path: string, head: Uint8Array): OtherFormat | null {
  const [columns = [], first = []] = text
    .split(/\r?\n/, 2)
    .map((line) => line.split(/[,;\t]/).map((name) => name.replace(/^["\s]+|["\s]+$/g, '')));
  // Exports write the names of the columns though there is nothing below them.
  if (!/[\r\n]\s*\S/.test(text) && head.length < HEAD_BYTES && !isChosenAlone(path)) return null;
  const names = new Set(columns.map((name) => name.toLowerCase()));
  const has = (...wanted: string[]): boolean => wanted.every((name) => names.has(name));
  if (has('sharecommentary')) return 'linkedin-shares';
  if (has('post_id', 'is_published')) return 'substack';
  if (has('permalink', 'subreddit', 'body') || has('scheduled_post_id', 'body')) return 'reddit';
  if (takeoutColumns(columns, first) !== null) return 'youtube';
  return 'table';
}

/** A content-addressed archive opens with a length and a map of `roots` and `version`. */
function isCar(head: Uint8Array, extension: string): boolean {
  const start = String.fromCharCode(...head.subarray(0, 100));
  return extension === 'car' || (start.includes('eroots') && start.includes('gversion'));
}

/** Whether JSON whose name does not say so has one post a line. */
function isJsonLines(text: string, headBytes: number): boolean {
  const end = text.indexOf('\n');
  const first = end < 0 ? text : text.slice(0, end);
  const fields = parsedFields(first);
  if (
    fields !== null &&
    firstOf(fields, 'text', 'markdown', 'body', 'content', 'html', 'content_html', 'content_text') !== undefined
  )
    return true;
  // A first line longer than the head shows no end; the keys of a post tell it from other JSON.
  return end < 0 && headBytes >= HEAD_BYTES / 2 && /"(?:text|title|body|html)"\s*:/.test(first);
}

function parsedFields(json: string): Fields | null {
  try {
    return asFields(JSON.parse(json));
  } catch {
    return null;
  }
}
