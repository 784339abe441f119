// How much an archive may hold, so that a small file cannot fill the memory or keep the worker busy for hours.
import { KindredError } from '../../errors.ts';

const MB = 1024 * 1024;

/** More files than any site has. */
export const MOST_MEMBERS = 200_000;
/** Prose packs to a third, markup to a tenth; what unpacks to more than this many times its size was made for it. */
const MOST_TIMES = 100;
/** Below this many bytes nothing can be filled, whatever the ratio. */
const ALWAYS_ALLOWED = 256 * MB;
/** An archive in an archive is held as a whole. */
export const LARGEST_INNER = 512 * MB;

/** Throws `archive-unsafe` when so many bytes are too many for an archive of this size. */
export function checkUnpacked(unpacked: number, packed: number, item: string): void {
  if (unpacked <= Math.max(ALWAYS_ALLOWED, packed * MOST_TIMES)) return;
  throw new KindredError(
    'archive-unsafe',
    `${item} unpacks to more than ${MOST_TIMES} times its size, as archives do that are made to fill a memory. Unpack it yourself and add the folder.`,
    { item },
  );
}

/** Throws `archive-unsafe` for too many members. */
export function checkMembers(count: number, item: string): void {
  if (count <= MOST_MEMBERS) return;
  throw new KindredError(
    'archive-unsafe',
    `${item} holds more than ${MOST_MEMBERS.toLocaleString('en')} files. Unpack it and add the folders that hold posts.`,
    { item },
  );
}

export function brokenArchive(item: string, cause: unknown): KindredError {
  if (cause instanceof KindredError) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new KindredError(
    'archive-broken',
    `${item} is cut off or damaged (${why}). Get it again from where it came, or unpack it and add the folder.`,
    { item, cause },
  );
}
