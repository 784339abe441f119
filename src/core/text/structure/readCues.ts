// The cues of a WebVTT or SubRip file.
import { decodeEntities } from './decodeEntity.ts';

/** One caption as shown, times in seconds. */
export interface Cue {
  startS: number;
  endS: number;
  /** Empty where the file names nobody. */
  speaker: string;
  text: string;
}

// WebVTT may leave out hours and writes a point, SubRip a comma.
const TIMING = /^\s*((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})\s+-->\s+((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})/;
const VOICE = /^<v(?:\.[^\s>]*)?\s+([^>]*)>/i;
const TAG = /<\/?(?:[a-z][^>]*|[\d:.]+)?>/gi;
/** SubRip positions, such as {\an8}. */
const SUBRIP_STYLE = /\{\\[^}]*\}/g;

/**
 * Cues in the order of the file, with markup dropped; cues without words are left out, and so is a line that the cue before
 * already showed (rolling captions). One cue that two voices share comes out as two.
 */
export function readCues(source: string): Cue[] {
  const cues: Cue[] = [];
  const lines = source.split(/\r\n?|\n/);
  let lastLine = '';
  let speaker = '';
  for (let i = 0; i < lines.length; i++) {
    const timing = TIMING.exec(lines[i] ?? '');
    if (timing === null) continue;
    const startS = seconds(timing[1] ?? '');
    const endS = Math.max(startS, seconds(timing[2] ?? ''));
    let cue: Cue | null = null;
    for (i++; i < lines.length && (lines[i] ?? '').trim() !== ''; i++) {
      const line = (lines[i] ?? '').trim();
      if (TIMING.test(line)) {
        i--; // A file without blank lines between its cues.
        break;
      }
      const voice = VOICE.exec(line)?.[1]?.trim();
      if (voice !== undefined) speaker = decodeEntities(voice);
      const text = plain(line);
      if (text === '' || text === lastLine) continue;
      lastLine = text;
      if (cue === null || cue.speaker !== speaker) {
        cue = { startS, endS, speaker, text };
        cues.push(cue);
      } else {
        cue.text += ` ${text}`;
      }
    }
  }
  return cues;
}

function plain(line: string): string {
  return decodeEntities(line.replace(TAG, '').replace(SUBRIP_STYLE, '')).replace(/\s+/g, ' ').trim();
}

function seconds(stamp: string): number {
  const parts = stamp.replace(',', '.').split(':').map(Number);
  const total = parts.reduce((sum, part) => sum * 60 + part, 0);
  return Math.round(total * 1000) / 1000;
}
