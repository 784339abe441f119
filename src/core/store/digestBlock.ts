// Blocks of digests as bytes: how they are written, and how one that can't be used is told.
import { packTerms, unpackTerms, type TermBlock, type TermList } from '../text/termBlock.ts';
import type { Outline } from '../text/cleaning/outline.ts';
import { checksum } from './checksum.ts';
import { DIGEST_RULE, type PostHead } from './digest.ts';
import type { DigestBlock } from './schema.ts';
import { decodeTerms, encodeTerms } from './termBytes.ts';

/** Some 100 KB of usual posts: large enough to read fast, small enough to write again when one post changes. */
export const POSTS_PER_DIGEST_BLOCK = 128;

/** A digest whose terms are named by their ids in the dictionary. */
export interface BlockDigest {
  head: PostHead;
  terms: TermList;
}

/** Digests of some posts, ready for the indexes. */
export interface Digests {
  heads: PostHead[];
  terms: TermBlock;
}

/** Lengths that the bytes begin with, in 32 bits each: posts, terms of all posts, distinct terms, bytes of terms, bytes of heads, numbers of all outlines. */
const FIELDS = 6;

export function encodeDigests(block: number, digests: readonly BlockDigest[]): DigestBlock {
  const terms = packTerms(digests.map((digest) => digest.terms));
  const heads = new TextEncoder().encode(JSON.stringify(digests.map(({ head }) => toRow(head))));
  const termBytes = encodeTerms(terms);
  const outlines = digests.map(({ head }) => head.outline);
  const outlined = outlines.reduce((sum, { length }) => sum + length, 0);
  const bytes = joined([
    Uint32Array.from([digests, terms.places, terms.distinct, termBytes, heads], ({ length }) => length),
    Uint32Array.of(outlined),
    terms.lengths,
    Uint32Array.from(outlines, ({ length }) => length),
    ...outlines,
    termBytes,
    heads,
  ]);
  return { block, rule: DIGEST_RULE, bytes, checksum: checksum([bytes]) };
}

export const unpackDigests = ({ heads, terms }: Digests): BlockDigest[] =>
  heads.map((head, index) => ({ head, terms: unpackTerms(terms, index) }));

/** What is wrong with a row from the disk; null for one that is as it was written. */
export function faultOfDigests(row: unknown): string | null {
  if (typeof row !== 'object' || row === null) return 'it is no block';
  const { rule, bytes, checksum: stamped } = row as Partial<Record<keyof DigestBlock, unknown>>;
  if (rule !== DIGEST_RULE) return 'it was digested by another version';
  if (!(bytes instanceof Uint8Array) || bytes.length < FIELDS * 4) return 'it is cut short';
  return checksum([bytes]) === stamped ? null : 'its bytes are not those that were written';
}

/** The digests of a row from the disk; null for one that is damaged, or of another rule. */
export function decodeDigests(row: unknown): Digests | null {
  if (faultOfDigests(row) !== null) return null;
  const { bytes } = row as DigestBlock;
  const aligned = bytes.byteOffset === 0 ? bytes : bytes.slice();
  const buffer = aligned.buffer;
  const [posts = 0, total = 0, known = 0, termBytes = 0, headBytes = 0, outlined = 0] = new Uint32Array(
    buffer,
    0,
    FIELDS,
  );
  let at = FIELDS * 4;
  const take = (length: number): number => (at += length) - length;
  const lengths = new Float64Array(buffer, take(posts * 8), posts);
  const sizes = new Uint32Array(buffer, take(posts * 4), posts);
  const outlines = new Uint32Array(buffer, take(outlined * 4), outlined);
  const terms = decodeTerms(aligned.subarray(take(termBytes), at), { posts, total, known });
  const json = new TextDecoder().decode(aligned.subarray(take(headBytes), at));
  let outlineAt = 0;
  const heads = (JSON.parse(json) as HeadRow[]).map((row, index) => {
    // Copied: a view would keep the bytes of the whole block.
    const outline = outlines.slice(outlineAt, (outlineAt += sizes[index] ?? 0));
    return fromRow(row, outline);
  });
  return { heads, terms: { ...terms, lengths } };
}

function toRow({ id, revision, words, language, titleKey, post }: PostHead) {
  const { kind, title, summary, date, url, tags, series, source, links } = post;
  const hrefs = links.map(({ href }) => href);
  const told = language === undefined ? NOT_LOOKED_AT : language;
  return [id, revision, words, titleKey, kind, title, summary, date, url, tags, series, source, hrefs, told] as const;
}

/** No language has this name. */
const NOT_LOOKED_AT = '';

type HeadRow = ReturnType<typeof toRow>;

function fromRow(row: HeadRow, outline: Outline): PostHead {
  const [id, revision, words, titleKey, kind, title, summary, date, url, tags, series, source, hrefs, language] = row;
  const links = hrefs.map((href) => ({ href }));
  const post = { id, kind, title, summary, date, url, tags, series, source, links };
  // JSON has no undefined: null there is a language that could not be told.
  return { id, revision, words, ...(language === NOT_LOOKED_AT ? {} : { language }), titleKey, outline, post };
}

function joined(parts: readonly ArrayBufferView[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of parts) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes;
}
