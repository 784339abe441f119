// What an import is expected to take of the room that the browser gives. Part of LibraryApi.

export interface RoomEstimate {
  /** What will be stored of the files at most, in bytes: texts, passages, vectors and what finds them. */
  needsBytes: number;
  /** Left of what the browser allows this page, in bytes; null where it does not say. */
  freeBytes: number | null;
  /** False where it is expected not to fit; true where nobody can tell. */
  fits: boolean;
}

export interface RoomApi {
  /**
   * What importing files would take, from their sizes and from what the library's own posts take. Opens no file but the
   * list of what a zip holds; a file that can't be read counts by its size. Changes nothing.
   */
  roomFor(files: readonly { path: string; blob: Blob }[], options?: { signal?: AbortSignal }): Promise<RoomEstimate>;
}
