// Bytes of a file as text, by byte order mark, declared encoding, or UTF-8; never with characters silently replaced.
import { KindredError } from '../errors.ts';

const BYTE_ORDER_MARKS: readonly [encoding: string, bytes: readonly number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** An XML declaration names its encoding within these. */
const XML_HEAD_BYTES = 200;
const XML_DECLARATION = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/i;
const CHARSET = /charset\s*=\s*"?([\w.:-]+)/i;

/** A text file may hold a stray NUL; more than this share of them are bytes of something else. */
const MOST_NULS_SHARE = 0.01;

export interface DecodeOptions {
  /** Named in the errors. */
  item: string;
  /** Media type that came with the file, which may name the encoding; '' for none. */
  type?: string;
}

/**
 * The text without byte order mark and without NUL.
 * Throws `file-encoding` when the bytes are not valid in the encoding found, or when no such encoding is known.
 */
export function decodeText(bytes: Uint8Array, { item, type = '' }: DecodeOptions): string {
  const encoding = encodingOf(bytes, type);
  const text = decode(bytes, encoding, item);
  if (!text.includes('\0')) return text;
  const clean = text.replaceAll('\0', '');
  if (text.length - clean.length > text.length * MOST_NULS_SHARE) {
    throw new KindredError(
      'file-encoding',
      `${item} holds bytes that are no text: it is not a text file, or it is UTF-16 without a mark. Save it as UTF-8 and import it again.`,
      { item },
    );
  }
  return clean;
}

function decode(bytes: Uint8Array, encoding: string, item: string): string {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch (cause) {
    throw new KindredError(
      'file-encoding',
      `${item} says that it is written in “${encoding}”, which this browser cannot read. Save it as UTF-8 and import it again.`,
      { item, cause },
    );
  }
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new KindredError(
      'file-encoding',
      `${item} is not valid ${encoding.toUpperCase()} text. Open it in an editor, save it as UTF-8 and import it again.`,
      { item, cause },
    );
  }
}

/** Of the first bytes: by byte order mark, declaration or media type. */
export function encodingOf(bytes: Uint8Array, type: string): string {
  for (const [encoding, mark] of BYTE_ORDER_MARKS) {
    if (mark.every((byte, index) => bytes[index] === byte)) return encoding;
  }
  // XML without a mark may be UTF-16: its first character gives the order of bytes away.
  if (bytes[0] === 0x3c && bytes[1] === 0) return 'utf-16le';
  if (bytes[0] === 0 && bytes[1] === 0x3c) return 'utf-16be';
  const charset = CHARSET.exec(type)?.[1];
  if (charset !== undefined) return charset.toLowerCase();
  const head = bytes.subarray(0, XML_HEAD_BYTES);
  if (!head.includes(0x3c)) return 'utf-8';
  return (XML_DECLARATION.exec(String.fromCharCode(...head))?.[1] ?? 'utf-8').toLowerCase();
}
