// Posts as they lie on the disk: browsers store a string with one curly quote in two bytes a character, UTF-8 does not.
import type { PostRow, StoredPost } from './schema.ts';

const BYTES_PER_UNIT = 2;
/** UTF-8 has no half of a surrogate pair. */
const LONE_SURROGATE = /\p{Surrogate}/u;

export function toDisk(stored: StoredPost): PostRow {
  const { text } = stored.post;
  // Whether a string takes one byte a character or two depends on what it was cut from: it is taken to be two.
  const bytes = new TextEncoder().encode(text);
  const fits = bytes.length < text.length * BYTES_PER_UNIT && !LONE_SURROGATE.test(text);
  return fits ? { ...stored, post: { ...stored.post, text: bytes } } : stored;
}

/** A row from the disk with its text as a string; what is no post is passed on as it is. */
export function fromDisk(row: unknown): unknown {
  const post = (row as Partial<PostRow> | null | undefined)?.post;
  if (!(post?.text instanceof Uint8Array)) return row;
  // A mark of byte order at the beginning is part of the text.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(post.text);
  return { ...(row as PostRow), post: { ...post, text } };
}
