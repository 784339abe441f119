// Cues of the transcript formats beside WebVTT and SubRip: YouTube's XML and JSON, TTML, SubViewer, podcast and speech-to-text JSON,
// and plain text with a time before each line.
import { decodeEntities } from '../text/structure/decodeEntity.ts';
import type { Cue } from '../text/structure/readCues.ts';
import { readCues } from '../text/structure/readCues.ts';
import { asFields, asFieldsList, asLine, firstOf } from './fieldValues.ts';
import type { Fields } from './fieldValues.ts';
import { attributeOf, inSeconds, secondsOf, ttmlTimeCount } from './timeCount.ts';
import type { TimeCount } from './timeCount.ts';
import { hasTimedLines } from './timedLines.ts';

// Neither looks further than the next tag, so that a file without ends takes no longer than one with them.
const TIMED_START = /<(?:\w+:)?(?:text|p)\b([^<>]*)>/gi;
const TIMED_END = /<\/(?:\w+:)?(?:text|p)\s*>/gi;
const SUBVIEWER = /^(\d+:\d{2}:\d{2}\.\d{3}),(\d+:\d{2}:\d{2}\.\d{3})\s*$/;
const TIMED_LINE = /^[[(]?((?:\d{1,2}:)?\d{1,2}:\d{2}(?:\.\d+)?)[\])]?(?:[\s:–-]+(.*))?$/;
const SPEAKER = /^([\p{Lu}][\p{L}.'’ -]{0,40}):\s+(.*)$/u;
/** A line after which none comes says how long it lasts by its length: so many characters are spoken in a second. */
const SPOKEN_PER_S = 15;

/** Cues of a transcript in any format; none where it is in none. */
export function cuesOf(source: string): Cue[] {
  const text = source.trimStart();
  if (/^(?:\{|\[\s*[{[])/.test(text)) return parsedCues(text);
  if (text.startsWith('<')) return xmlCues(text);
  const cues = readCues(source);
  if (cues.length > 0) return cues;
  return SUBVIEWER.test(text.split(/\r?\n/, 1)[0] ?? '') ? subviewerCues(text) : lineCues(text);
}

function xmlCues(source: string): Cue[] {
  // YouTube counts milliseconds in one of its formats and seconds in the other.
  const count = /<timedtext\b/i.test(source) ? { ...inSeconds, plain: 1000 } : ttmlTimeCount(source);
  const cues: Cue[] = [];
  TIMED_START.lastIndex = 0;
  for (let tag = TIMED_START.exec(source); tag !== null; tag = TIMED_START.exec(source)) {
    const attributes = tag[1] ?? '';
    if (attributes.endsWith('/')) continue;
    TIMED_END.lastIndex = TIMED_START.lastIndex;
    const end = TIMED_END.exec(source);
    if (end === null) break;
    pushElement(cues, attributes, source.slice(TIMED_START.lastIndex, end.index), count);
    TIMED_START.lastIndex = TIMED_END.lastIndex;
  }
  return cues;
}

function pushElement(cues: Cue[], attributes: string, inner: string, count: TimeCount): void {
  const time = (...names: string[]): number | null =>
    secondsOf(names.map((name) => attributeOf(attributes, name)).find((value) => value !== '') ?? '', count);
  const start = time('start', 'begin', 't');
  if (start === null) return;
  const length = time('dur', 'd');
  push(cues, start, (length === null ? time('end') : start + length) ?? start, '', words(inner));
}

function parsedCues(source: string): Cue[] {
  try {
    return jsonCues(JSON.parse(source));
  } catch {
    return [];
  }
}

/** Cues of a parsed transcript: a list of them by itself or by one of the names that it has in podcasts, YouTube and speech recognition. */
export function jsonCues(value: unknown): Cue[] {
  const fields = asFields(value);
  const list = fields === null ? value : firstOf(fields, 'segments', 'transcription', 'events', 'results', 'cues');
  // The transcripts of several videos, one of them.
  const [only, ...others] = Array.isArray(list) ? (list as unknown[]) : [];
  const cues: Cue[] = [];
  for (const item of asFieldsList(Array.isArray(only) && others.length === 0 ? only : list)) {
    if (firstOf(item, 'tStartMs') !== undefined) {
      pushEvent(cues, item);
      continue;
    }
    const times = timesOf(item);
    if (times === null) continue;
    const said = words(asLine(firstOf(item, 'body', 'text', 'transcript')));
    push(cues, times.start, times.end, asLine(firstOf(item, 'speaker')), said);
  }
  return joinWords(cues);
}

const IN_MILLISECONDS: TimeCount = { ...inSeconds, plain: 1000 };

function timesOf(item: Fields): { start: number; end: number } | null {
  // Where whisper.cpp puts them.
  const offsets = asFields(firstOf(item, 'offsets'));
  const times = offsets ?? asFields(firstOf(item, 'timestamps')) ?? item;
  const time = (...names: string[]): number | null =>
    secondsOf(asLine(firstOf(times, ...names)), offsets === null ? inSeconds : IN_MILLISECONDS);
  const start = time('startTime', 'start', 'startSeconds', 'from');
  if (start === null) return null;
  const length = time('duration', 'dur');
  return { start, end: time('endTime', 'end', 'endSeconds', 'to') ?? start + (length ?? 0) };
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
    const start = secondsOf(times?.[1] ?? '');
    if (start !== null) push(cues, start, secondsOf(times?.[2] ?? '') ?? start, '', words(lines.join(' ')));
  }
  return cues;
}

/** Lines with a time before them; a line without one goes on from the line above. */
function lineCues(source: string): Cue[] {
  if (!hasTimedLines(source)) return [];
  const cues: Cue[] = [];
  for (const line of source.split(/\r?\n/)) {
    const timed = TIMED_LINE.exec(line.trim());
    const start = timed === null ? null : secondsOf(timed[1] ?? '');
    if (start === null) {
      const last = cues.at(-1);
      if (last !== undefined && line.trim() !== '') last.text = `${last.text} ${line.trim()}`.trim();
      continue;
    }
    const said = SPEAKER.exec(timed?.[2] ?? '');
    cues.push({ startS: start, endS: start, speaker: said?.[1] ?? '', text: said?.[2] ?? timed?.[2] ?? '' });
  }
  return lastingUntilNext(cues).filter(({ text }) => text !== '');
}

/** The same cues, each with the start of the next for its end; the last as long as its words take. */
export function lastingUntilNext(cues: readonly Cue[]): Cue[] {
  return cues.map((cue, index) => ({
    ...cue,
    endS: Math.max(cue.startS, cues[index + 1]?.startS ?? cue.startS + cue.text.length / SPOKEN_PER_S),
  }));
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
