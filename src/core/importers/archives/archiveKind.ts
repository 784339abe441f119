// Whether a file is an archive, by its first bytes.

export type ArchiveKind = 'zip' | 'gzip' | 'tar';

/** Where a tar header says what it is. */
const TAR_MARK_AT = 257;

/** Null for what is no archive. `head` is the start of the file; 512 bytes tell. */
export function archiveKind(head: Uint8Array): ArchiveKind | null {
  const starts = (at: number, ...bytes: number[]) => bytes.every((byte, index) => head[at + index] === byte);
  // A file of an archive, or the end of one that has none.
  if (starts(0, 0x50, 0x4b, 0x03, 0x04) || starts(0, 0x50, 0x4b, 0x05, 0x06)) return 'zip';
  if (starts(0, 0x1f, 0x8b, 0x08)) return 'gzip';
  return starts(TAR_MARK_AT, 0x75, 0x73, 0x74, 0x61, 0x72) ? 'tar' : null;
}
