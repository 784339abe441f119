// How a transcript counts time, and its times as seconds: numbers, clock times, and the frames, ticks and time codes of TTML 1.

export interface TimeCount {
  /** Numbers without a unit in a second. */
  plain: number;
  /** Frames in a second as they are numbered, and as they pass: television numbers 30 where 29.97 pass. */
  frames: number;
  passing: number;
  /** Parts of a frame. */
  subFrames: number;
  /** Ticks in a second. */
  ticks: number;
  /** Which numbers the time codes leave out, or null where clock times are no time codes. */
  dropMode: string | null;
}

const USUAL_FRAMES = 30;

export const inSeconds: TimeCount = {
  plain: 1,
  frames: USUAL_FRAMES,
  passing: USUAL_FRAMES,
  subFrames: 1,
  ticks: 1,
  dropMode: null,
};

const TTML_ROOT = /<(?:\w+:)?tt\b([^<>]*)>/i;
const OFFSET = /^(\d+(?:\.\d+)?)(ms|s|m|h|f|t)?$/;
const CLOCK = /^\d+(?::\d{1,2}){1,2}(?:[.,]\d+)?$/;
const TIME_CODE = /^(\d+):(\d{1,2}):(\d{1,2})(?::(\d+)(?:\.(\d+))?|([.,]\d+))?$/;

/** The parameters that a document of TTML names in its root; their defaults for what it leaves out (TTML 1, section 6.2). */
export function ttmlTimeCount(source: string): TimeCount {
  const root = TTML_ROOT.exec(source)?.[1] ?? '';
  const asked = positive(attributeOf(root, 'frameRate'));
  const frames = asked ?? USUAL_FRAMES;
  const [times, by] = attributeOf(root, 'frameRateMultiplier')
    .split(/[\s:]+/)
    .map(positive);
  const subFrames = positive(attributeOf(root, 'subFrameRate')) ?? 1;
  return {
    ...inSeconds,
    frames,
    passing: typeof times === 'number' && typeof by === 'number' ? (frames * times) / by : frames,
    subFrames,
    ticks: positive(attributeOf(root, 'tickRate')) ?? (asked === null ? 1 : frames * subFrames),
    dropMode: attributeOf(root, 'timeBase') === 'smpte' ? attributeOf(root, 'dropMode') : null,
  };
}

/** The value of an attribute in any namespace, or '' where there is none. `tag` is what stands behind the element's name. */
export function attributeOf(tag: string, name: string): string {
  return new RegExp(`(?:^|\\s)(?:[\\w-]+:)?${name}\\s*=\\s*["']([^"']*)["']`, 'i').exec(tag)?.[1] ?? '';
}

/** Seconds of "1:02:03.5", "12.5s", "1500ms", "36f", "15000000t", "01:02:03:12" or a number, to the millisecond; null for anything else. */
export function secondsOf(written: string, count: TimeCount = inSeconds): number | null {
  const text = written.trim();
  const offset = OFFSET.exec(text);
  if (offset !== null) return rounded(Number(offset[1]) * secondsIn(offset[2] ?? '', count));
  if (count.dropMode === null && CLOCK.test(text)) {
    const parts = text.replace(',', '.').split(':').map(Number);
    return rounded(parts.reduce((sum, part) => sum * 60 + part, 0));
  }
  const code = TIME_CODE.exec(text);
  return code === null ? null : rounded(codeSeconds(code, count));
}

function secondsIn(unit: string, { plain, passing, ticks }: TimeCount): number {
  switch (unit) {
    case 'h':
      return 3600;
    case 'm':
      return 60;
    case 's':
      return 1;
    case 'ms':
      return 0.001;
    case 'f':
      return 1 / passing;
    case 't':
      return 1 / ticks;
    default:
      return 1 / plain;
  }
}

/** TTML 1, appendix on the semantics of time expressions: time codes number frames, other clock times have real seconds before their frames. */
function codeSeconds(code: RegExpExecArray, { frames, passing, subFrames, dropMode }: TimeCount): number {
  const [hours = 0, minutes = 0, seconds = 0, frame = 0, part = 0] = code
    .slice(1, 6)
    .map((digits: string | undefined) => Number(digits ?? 0));
  const fraction = Number((code[6] ?? '0').replace(',', '.'));
  const whole = hours * 3600 + minutes * 60 + seconds + fraction;
  const within = frame + part / subFrames;
  if (dropMode === null) return whole + within / passing;
  return (whole * frames - droppedBefore(hours, minutes, dropMode) + within) / passing;
}

function droppedBefore(hours: number, minutes: number, dropMode: string): number {
  if (dropMode === 'dropNTSC') return 2 * (hours * 54 + minutes - Math.floor(minutes / 10));
  if (dropMode === 'dropPAL') return 4 * (hours * 27 + Math.floor(minutes / 2) - Math.floor(minutes / 20));
  return 0;
}

function positive(written: string): number | null {
  const value = Number(written);
  return value > 0 && Number.isFinite(value) ? value : null;
}

const rounded = (seconds: number): number => Math.round(seconds * 1000) / 1000;
