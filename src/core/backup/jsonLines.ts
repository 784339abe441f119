// Posts as JSON Lines that other tools read, and that come in again as any JSON Lines file does.
import type { Post } from '../post.ts';

export interface ExportedPassage {
  /** Offsets into the text, in UTF-16 code units; both 0 for title and summary. */
  start: number;
  end: number;
  /** Unit length. */
  vector: Float32Array;
}

export interface ExportedPost {
  post: Post;
  /** Null for a post that has no vectors yet. */
  passages: ExportedPassage[] | null;
}

const encoder = new TextEncoder();

/** One line with its line end: the post's fields, and `passages`, each with its place in `text` and its vector. */
export function jsonLine({ post, passages }: ExportedPost): Uint8Array<ArrayBuffer> {
  const { id, kind, title, summary, date, url, authors, tags, series, source, durationS, text } = post;
  const rows = passages?.map(({ start, end, vector }) => ({ start, end, vector: Array.from(vector, shorten) })) ?? null;
  const line = { id, kind, title, summary, date, url, authors, tags, series, source, durationS, text, passages: rows };
  return encoder.encode(`${JSON.stringify(line)}\n`);
}

/** The digits that a float32 has, not those of the double it is stored in. */
const shorten = (value: number): number => Number(value.toPrecision(8));
