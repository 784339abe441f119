// Cues of the transcript formats beside WebVTT and SubRip: YouTube's XML and JSON, TTML, SubViewer, podcast and speech-to-text JSON,
// and plain text with a time before each line.
import { decodeEntities } from '../text/structure/decodeEntity.ts';
import type { Cue } from '../text/structure/readCues.ts';
import { readCues } from '../text/structure/readCues.ts';
import { asFields, asLine, firstOf } from './fieldValues.ts';
import type { Fields } from './fieldValues.ts';

const TIMED_ELEMENT = /<(text|p|(?:\w+:)p)\b([^>]*)>([^]*?)<\/\1\s*>/gi;
const SUBVIEWER = /^(\d+:\d{2}:\d{2}\.\d{3}),(\d+:\d{2}:\d{2}\.\d{3})\s*$/;
const TIMED_LINE = /^[[(]?((?:\d{1,2}:)?\d{1,2}:\d{2}(?:\.\d+)?)[\])]?(?:[\s:–-]+(.*))?$/;
const SPEAKER = /^([\p{Lu}][\p{L}.'’ -]{0,40}):\s+(.*)$/u;
/** A line after which none comes says how long it lasts by its length: so many characters are spoken in a second. */
const SPOKEN_PER_S = 15;

/** Cues of a transcript in any format; none where it is in none. */
export function cuesOf(source: string): Cue[] {
  const text = source.trimStart();
  if (text.startsWith('{') || text.startsWith('[{')) return jsonCues(text);
  if (text.startsWith('<')) return xmlCues(text);
  const cues = readCues(source);
  if (cues.length > 0) return cues;
  return SUBVIEWER.test(text.split(/\r?\n/, 1)[0] ?? '') ? subviewerCues(text) : lineCues(text);
}

function xmlCues(source: string): Cue[] {
  // YouTube counts milliseconds in one of its formats and seconds in the other; TTML writes clock times.
  const perSecond = /<timedtext\b/i.test(source) ? 1000 : 1;
  const cues: Cue[] = [];
  for (const { 2: attributes = '', 3: inner = '' } of source.matchAll(TIMED_ELEMENT)) {
    const find = (name: string): string =>
      new RegExp(`(?:^|\\s)${name}\\s*=\\s*["']([^"']*)["']`, 'i').exec(attributes)?.[1] ?? '';
    const start = clock(find('start') || find('begin') || find('t'), perSecond);
    if (start === null) continue;
    const length = clock(find('dur') || find('d'), perSecond);
    const end = length === null ? clock(find('end'), perSecond) : start + length;
    push(cues, start, end ?? start, '', words(inner));
  }
  return cues;
}

function jsonCues(source: string): Cue[] {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return [];
  }
  const fields = asFields(value);
  const list = fields === null ? value : firstOf(fields, 'segments', 'events', 'results', 'cues');
  const cues: Cue[] = [];
  for (const item of Array.isArray(list) ? (list as unknown[]) : []) {
    const one = asFields(item);
    if (one === null) continue;
    if (firstOf(one, 'tStartMs') !== undefined) pushEvent(cues, one);
    else {
      const start = clock(asLine(firstOf(one, 'startTime', 'start', 'startSeconds', 'from')), 1);
      if (start === null) continue;
      const end = clock(asLine(firstOf(one, 'endTime', 'end', 'endSeconds', 'to')), 1);
      push(
        cues,
        start,
        end ?? start,
        asLine(firstOf(one, 'speaker')),
        words(asLine(firstOf(one, 'body', 'text', 'transcript'))),
      );
    }
  }
  return joinWords(cues);
}

/** One event of YouTube: milliseconds, and the words in pieces. */
function pushEvent(cues: Cue[], event: Fields): void {
  const pieces = firstOf(event, 'segs');
  const text = (Array.isArray(pieces) ? (pieces as unknown[]) : [])
    .map((piece) => {
      const utf8 = asFields(piece)?.['utf8'];
      return typeof utf8 === 'string' ? utf8 : '';
    })
    .join('');
  const start = Number(firstOf(event, 'tStartMs')) / 1000;
  const length = Number(firstOf(event, 'dDurationMs') ?? 0) / 1000;
  if (Number.isFinite(start)) push(cues, start, start + (Number.isFinite(length) ? length : 0), '', words(text));
}

/** Podcast transcripts may time every word: words of one speaker run together until there is enough to read. */
function joinWords(cues: readonly Cue[]): Cue[] {
  const joined: Cue[] = [];
  for (const cue of cues) {
    const last = joined.at(-1);
    const isWord = !/\s/.test(cue.text);
    if (last !== undefined && isWord && last.speaker === cue.speaker && last.text.length < 80) {
      last.text += /^[.,;:!?]/.test(cue.text) ? cue.text : ` ${cue.text}`;
      last.endS = Math.max(last.endS, cue.endS);
    } else joined.push({ ...cue });
  }
  return joined;
}

function subviewerCues(source: string): Cue[] {
  const cues: Cue[] = [];
  for (const block of source.split(/\r?\n\s*\r?\n/)) {
    const [first = '', ...lines] = block.trim().split(/\r?\n/);
    const times = SUBVIEWER.exec(first);
    const start = clock(times?.[1] ?? '', 1);
    if (start !== null) push(cues, start, clock(times?.[2] ?? '', 1) ?? start, '', words(lines.join(' ')));
  }
  return cues;
}

/** Lines with a time before them; a line without one goes on from the line above. */
function lineCues(source: string): Cue[] {
  const cues: Cue[] = [];
  for (const line of source.split(/\r?\n/)) {
    const timed = TIMED_LINE.exec(line.trim());
    const start = timed === null ? null : clock(timed[1] ?? '', 1);
    if (start === null) {
      const last = cues.at(-1);
      if (last !== undefined && line.trim() !== '') last.text = `${last.text} ${line.trim()}`.trim();
      continue;
    }
    const said = SPEAKER.exec(timed?.[2] ?? '');
    cues.push({ startS: start, endS: start, speaker: said?.[1] ?? '', text: said?.[2] ?? timed?.[2] ?? '' });
  }
  cues.forEach((cue, index) => {
    cue.endS = Math.max(cue.startS, cues[index + 1]?.startS ?? cue.startS + cue.text.length / SPOKEN_PER_S);
  });
  return cues.filter(({ text }) => text !== '');
}

function push(cues: Cue[], startS: number, endS: number, speaker: string, text: string): void {
  if (text !== '') cues.push({ startS, endS: Math.max(startS, endS), speaker, text });
}

/** Twice, because YouTube escapes what it had escaped. */
function words(markup: string): string {
  const bare = markup.replace(/<br\s*\/?>/gi, ' ').replace(/<[^<>]*>/g, '');
  return decodeEntities(decodeEntities(bare))
    .replace(/<[^<>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Seconds of "1:02:03.5", "12.5s", "1500ms" or a number of the unit given; null for anything else. */
function clock(written: string, perSecond: number): number | null {
  const text = written.trim();
  const unit = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text);
  if (unit !== null) {
    const value = Number(unit[1]);
    const factor = { ms: 0.001, s: 1, m: 60, h: 3600 }[unit[2] ?? ''] ?? 1 / perSecond;
    return round(value * factor);
  }
  if (!/^\d+(?::\d{1,2}){1,2}(?:[.,]\d+)?$/.test(text)) return null;
  return round(
    text
      .replace(',', '.')
      .split(':')
      .reduce((sum, part) => sum * 60 + Number(part), 0),
  );
}

const round = (seconds: number): number => Math.round(seconds * 1000) / 1000;
