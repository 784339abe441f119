// Videos of YouTube: videos.csv of Takeout, or the JSON of its API and of downloaders, each with its captions where they lie beside.
import { plainToText } from '../../text/structure/plain.ts';
import { safePostUrl } from '../../text/structure/safeHref.ts';
import { timedToText } from '../../text/structure/timedText.ts';
import type { Post } from '../../post.ts';
import { companion } from '../companion.ts';
import { csvRows, lowerNames } from '../csvRows.ts';
import type { Table } from '../csvRows.ts';
import { eachItem, unless } from '../eachItem.ts';
import { asFields, asFieldsList, asLine, asNames, asSeconds, asTitle, firstOf } from '../fieldValues.ts';
import type { Fields } from '../fieldValues.ts';
import type { Importer, ImporterContext, ImportEvent, SkipReason, SourceFile } from '../importer.ts';
import { isoDate } from '../isoDate.ts';
import { joinTexts } from '../joinTexts.ts';
import { parseJson } from '../jsonItems.ts';
import { makePost, noParts } from '../makePost.ts';
import { saysPublic, takeoutColumns } from '../takeoutColumns.ts';

const MB = 1024 * 1024;

export const youtube: Importer = { label: 'YouTube videos', maxBytes: 64 * MB, read };

/** Names by which the three kinds of file call the same. */
const NAMES = {
  id: ['video id', 'id'],
  title: ['video title (original)', 'title', 'fulltitle'],
  description: ['video description (original)', 'description'],
  date: ['video publish timestamp', 'video create timestamp', 'publishedat', 'upload_date', 'release_date'],
  privacy: ['privacy', 'privacystatus', 'availability'],
  channel: ['channeltitle', 'channel', 'uploader'],
} as const;

async function* read(file: SourceFile, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const text = await file.text();
  const isTable = !/^\s*[{[]/.test(text);
  const items = isTable ? rowsOf(csvRows(text, file.path)) : itemsOf(parseJson(text, file.path));
  if (items === null) {
    yield { kind: 'skipped', file: file.path, reason: 'not-a-post' };
    return;
  }
  yield* eachItem(file, context, {
    items,
    place: (_, number) => `${file.path}, ${isTable ? `row ${number + 1}` : `item ${number}`}`,
    read: (video, place) => readVideo(video, place, context),
  });
}

/** Rows by the English names of their columns; null where they are not of videos. */
function rowsOf({ columns, rows }: Table): Fields[] | null {
  const names = takeoutColumns(
    columns,
    columns.map((name) => asLine(rows[0]?.[name])),
  );
  if (names === null) return null;
  return rows.map((row) => Object.fromEntries(columns.map((column, at) => [names[at] ?? column, row[column]])));
}

/** Answers of the API keep their fields in parts. */
function itemsOf(value: unknown): Fields[] {
  const fields = asFields(value);
  const items = fields === null ? value : (firstOf(fields, 'items', 'entries') ?? [fields]);
  return asFieldsList(items).map((video) => {
    const parts = ['snippet', 'status', 'contentDetails'].map((part) => asFields(firstOf(video, part)) ?? {});
    return lowerNames(Object.fromEntries([...parts, video].flatMap((part) => Object.entries(part))));
  });
}

async function readVideo(video: Fields, place: string, context: ImporterContext): Promise<Post | SkipReason> {
  const id = asLine(firstOf(video, ...NAMES.id));
  const title = asTitle(firstOf(video, ...NAMES.title));
  const captions = await captionsOf(id, title, context);
  const hidden = isPublic(video) ? null : unless('private', context);
  if (hidden !== null) return hidden;
  const description = firstOf(video, ...NAMES.description);
  const cues = timedToText(captions ?? '');
  return makePost(
    {
      ...noParts,
      id: `youtube/${id || place}`,
      kind: 'video',
      title,
      fallbackTitle: id,
      date: isoDate(asLine(firstOf(video, ...NAMES.date))),
      url: /^[\w-]{6,20}$/.test(id) ? safePostUrl(`https://www.youtube.com/watch?v=${id}`) : null,
      authors: asNames([asLine(firstOf(video, ...NAMES.channel))]),
      tags: asNames(tagsOf(video)),
      source: context.source,
      durationS:
        asSeconds(firstOf(video, 'approx duration (ms)')) === null
          ? asSeconds(firstOf(video, 'duration'))
          : Number(firstOf(video, 'approx duration (ms)')) / 1000,
      body: joinTexts(plainToText(typeof description === 'string' ? description : ''), cues),
    },
    place,
  );
}

/** A table says of each video who may see it; what was fetched from the page of a video may say nothing of that. */
function isPublic(video: Fields): boolean {
  const seenBy = asLine(firstOf(video, ...NAMES.privacy));
  return seenBy === '' ? !Object.hasOwn(video, 'privacy') : saysPublic(seenBy);
}

/** In a table each has a column of its own. */
function tagsOf(video: Fields): unknown[] {
  const tags = firstOf(video, 'tags');
  if (Array.isArray(tags)) return tags as unknown[];
  return Object.entries(video).flatMap(([name, tag]) => (/^tag \d+$/.test(name) ? [tag] : []));
}

/** Caption files are named after the video's id or, in Takeout, after its title; several languages lie side by side. */
async function captionsOf(id: string, title: string, context: ImporterContext): Promise<string | null> {
  const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  const wanted = bare(title);
  const found = context.find((other) => {
    if (!/\.(?:vtt|srt)$/i.test(other)) return false;
    const name = other.slice(other.lastIndexOf('/') + 1);
    if (id !== '' && name.includes(id)) return true;
    return wanted !== '' && bare(name.replace(/(?:\.[a-z]{2}(?:-\w+)?)?\.\w+$/i, '')) === wanted;
  });
  return found === null ? null : companion(found, (text) => text, { context, otherwise: null });
}
