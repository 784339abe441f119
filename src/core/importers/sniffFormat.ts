// Which format a file is in: by what it holds, then by its name. The formats that every library has are known here; the others by a
// part of its own, which is loaded when a file wants it.
import { lazyPart } from './lazyParts.ts';
import type { OtherFormat } from './sniffOther.ts';
import { splitName } from './postFiles.ts';

export type FormatName = 'markdown' | 'json-lines' | 'transcript' | OtherFormat;

const SUBRIP = /^\s*\d+\s*\r?\n\d{1,2}:\d{2}:\d{2},\d{3}\s+-->/;
const MARKDOWN = new Set(['md', 'markdown', 'mdown', 'mkd', 'mdx']);
const JSON_LINES = new Set(['jsonl', 'ndjson', 'jsonlines']);

/** The format, or null for what is none that is known. `head` is the start of the file, HEAD_BYTES unless it is shorter. */
export async function formatOf(head: Uint8Array, path: string): Promise<FormatName | null> {
  const { extension } = splitName(path);
  if (MARKDOWN.has(extension) && !mayBeTranscript(head)) return 'markdown';
  const text = decodeHead(head);
  const common = commonFormat(text, extension);
  if (common !== null) return common;
  const { sniffOther } = await lazyPart('other formats', path);
  return sniffOther(text, path, head) ?? plainFormat(extension);
}

/** False where the first character is none that a transcript begins with: of most files that is all there is to look at. */
function mayBeTranscript(head: Uint8Array): boolean {
  const first = head.find((byte) => byte > 0x20) ?? 0;
  const isDigit = first >= 0x30 && first <= 0x39;
  return isDigit || first === 0x57 /* W */ || first > 0x7f;
}

function decodeHead(head: Uint8Array): string {
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  const encoding = !isUtf16 ? 'utf-8' : head[0] === 0xff ? 'utf-16le' : 'utf-16be';
  const text = new TextDecoder(encoding).decode(head).replaceAll('\0', '');
  return text.replace(/^\ufeff/, '').trimStart();
}

function commonFormat(text: string, extension: string): FormatName | null {
  if (/^WEBVTT(?:\s|$)/.test(text) || SUBRIP.test(text)) return 'transcript';
  if (MARKDOWN.has(extension)) return 'markdown';
  if (JSON_LINES.has(extension)) return 'json-lines';
  if (/^(?:---|\+\+\+)[^\S\n]*\r?\n/.test(text)) return extension === 'xml' ? null : 'markdown';
  return null;
}

function plainFormat(extension: string): FormatName | null {
  if (extension === 'vtt' || extension === 'srt') return 'transcript';
  return extension === 'txt' || extension === 'text' ? 'markdown' : null;
}
