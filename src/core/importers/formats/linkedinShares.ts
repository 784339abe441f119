// Shares.csv of LinkedIn's data export. Its articles are pages of HTML and are read as such.
import { safePostUrl } from '../../text/structure/safeHref.ts';
import { textHash } from '../../text/textHash.ts';
import type { Post } from '../../post.ts';
import { csvRows, lowerNames } from '../csvRows.ts';
import { eachItem, unless } from '../eachItem.ts';
import { asLine, asNames, firstOf } from '../fieldValues.ts';
import type { Fields } from '../fieldValues.ts';
import { firstWords } from '../firstWords.ts';
import type { Importer, ImporterContext, ImportEvent, SkipReason, SourceFile } from '../importer.ts';
import { isoDate } from '../isoDate.ts';
import { joinTexts } from '../joinTexts.ts';
import { bareLinks, hashtags, linkedText } from '../linkedText.ts';
import { makePost, noParts } from '../makePost.ts';

const MB = 1024 * 1024;

export const linkedinShares: Importer = { label: 'LinkedIn shares', maxBytes: 64 * MB, read };

/** Who may see a share; everyone else's eyes are few enough to call it private. */
const SEEN_BY_ALL = new Set(['', 'MEMBER_NETWORK', 'ANYONE', 'PUBLIC']);

async function* read(file: SourceFile, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const { rows } = csvRows(await file.text(), file.path);
  yield* eachItem(file, context, {
    items: rows.map(lowerNames),
    place: (_, number) => `${file.path}, row ${number + 1}`,
    read: (row, place) => readShare(row, place, context),
  });
}

function readShare(row: Fields, place: string, context: ImporterContext): Post | SkipReason | null {
  const seenBy = asLine(firstOf(row, 'visibility')).toUpperCase();
  const hidden = SEEN_BY_ALL.has(seenBy) ? null : unless('private', context);
  if (hidden !== null) return hidden;
  const text = unquoted(firstOf(row, 'sharecommentary'));
  // Passed on without a word of one's own.
  if (text.trim() === '') return null;
  const url = safePostUrl(decoded(asLine(firstOf(row, 'sharelink'))));
  const link = asLine(firstOf(row, 'sharedurl'));
  const body = joinTexts(linkedText(text, bareLinks(text)), linkedText(link, bareLinks(link)));
  return makePost(
    {
      ...noParts,
      id: url ?? `linkedin/${textHash(text).toString(16)}`,
      kind: 'note',
      fallbackTitle: firstWords(body.text),
      date: isoDate(asLine(firstOf(row, 'date'))),
      url,
      tags: asNames(hashtags(text)),
      source: context.source,
      body,
    },
    place,
  );
}

/** The export puts quotes around every line of a text, which come out as part of it. */
function unquoted(value: unknown): string {
  if (typeof value !== 'string') return '';
  return value.includes('"\n"') || value.includes('"\r\n"')
    ? value.replace(/"\r?\n"/g, '\n').replace(/^"|"$/g, '')
    : value;
}

/** Addresses are written with %3A for the colons of their ids. */
function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
