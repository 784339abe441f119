// What posts that are still to come will take of the storage, told by what those that are there take.
import { mostTextBytes } from '../importers/index.ts';
import type { RoomApi, RoomEstimate } from '../roomApi.ts';
import { LARGEST_PROBE } from '../store/probeRoom.ts';
import type { StorageUse } from '../store/quota.ts';
import type { Parts } from './assemble.ts';

/** Of the library, or what is usual where it is too small to tell. */
export interface RoomRates {
  /** Stored for each byte of text, vectors left out: the text itself, where it stands, and the words that find it. */
  perTextByte: number;
  /** Of text, for one passage. */
  bytesPerPassage: number;
  /** Stored for one passage: its vector and where it stands. */
  perPassage: number;
}

export interface LibrarySize {
  /** Of all posts. */
  words: number;
  passages: number;
  /** Posts whose passages are not all stored yet. */
  waiting: number;
  /** Numbers of a vector; null while no model has said it. */
  dimension: number | null;
}

/** A word of English with the space after it, in UTF-8. */
const BYTES_PER_WORD = 6;
/** As Chromium counts, texts of made-up words and their digests: 1.9; real posts, which it packs better: 1.0. room.browser.test.ts holds it. */
const USUAL_PER_TEXT_BYTE = 2;
const USUAL_BYTES_PER_PASSAGE = 450;
/** Where nobody knows yet how long vectors will be. */
const LONGEST_USUAL = 384;
/** A row of a block (id and scale) and of the record (id, start, end, time, hash). */
const BYTES_BESIDE_CODES = 8 + 28;
/** Of text: below this the database's own bookkeeping is more than what the posts take. */
const TELLING_BYTES = 2_000_000;
/** What the database says of itself goes up and down while it tidies up: within these it is believed. */
const BELIEVED = { least: 1, most: 6 };
/** Less is not worth the question. */
const PROBED_FROM = 1_000_000;
/** Browsers begin to refuse a little before the quota. */
const USABLE = 0.95;

export function ratesOf({ words, passages, waiting, dimension }: LibrarySize, databaseBytes: number | null): RoomRates {
  const textBytes = words * BYTES_PER_WORD;
  const perPassage = (dimension ?? LONGEST_USUAL) + BYTES_BESIDE_CODES;
  const usual = { perTextByte: USUAL_PER_TEXT_BYTE, bytesPerPassage: USUAL_BYTES_PER_PASSAGE, perPassage };
  if (textBytes < TELLING_BYTES || passages === 0 || waiting > 0) return usual;
  const bytesPerPassage = textBytes / passages;
  if (databaseBytes === null) return { ...usual, bytesPerPassage };
  const own = (databaseBytes - passages * perPassage) / textBytes;
  return { perTextByte: Math.min(BELIEVED.most, Math.max(BELIEVED.least, own)), bytesPerPassage, perPassage };
}

export function estimateRoom(
  textBytes: number,
  { perTextByte, bytesPerPassage, perPassage }: RoomRates,
  { usedBytes, quotaBytes }: Pick<StorageUse, 'usedBytes' | 'quotaBytes'>,
): RoomEstimate {
  const needsBytes = Math.ceil(textBytes * perTextByte + Math.ceil(textBytes / bytesPerPassage) * perPassage);
  const known = usedBytes !== null && quotaBytes !== null && quotaBytes > 0;
  const freeBytes = known ? Math.max(0, Math.floor(quotaBytes * USABLE) - usedBytes) : null;
  return { needsBytes, freeBytes, fits: freeBytes === null || needsBytes <= freeBytes };
}

/** Of one library. */
export function roomCalls({ store, spaces }: Pick<Parts, 'store' | 'spaces'>): RoomApi {
  return {
    roomFor: async (files, { signal } = {}) => {
      const textBytes = await mostTextBytes(files, signal);
      const use = await store.use();
      const { catalogue, vectors, queue } = spaces.current;
      let words = 0;
      for (const { summary } of catalogue.entries()) words += summary.words;
      const size = {
        words,
        passages: catalogue.counts.passages,
        waiting: queue.state().waiting,
        dimension: vectors.dimension,
      };
      // In memory nothing of the quota is taken.
      const quotaBytes = store.state.kind === 'memory' ? null : use.quotaBytes;
      const told = estimateRoom(textBytes, ratesOf(size, use.databaseBytes), { ...use, quotaBytes });
      if (!told.fits || told.needsBytes < PROBED_FROM) return told;
      const wanted = Math.min(told.needsBytes, LARGEST_PROBE);
      const most = await store.roomUpTo(wanted);
      return most === null || most >= wanted ? told : { ...told, freeBytes: most, fits: false };
    },
  };
}
