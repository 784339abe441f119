// Times within a video, time left, and the address of a moment.
import { text } from '../text.ts';

/** 754 seconds as "12:34", 3754 as "1:02:34". */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [hours = 0, minutes = 0, rest = 0] = parts;
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** The minute of a video that a second belongs to, as people count them: second 0 is in minute 1. */
export const minuteOf = (seconds: number): string => text.dates.minute(Math.floor(Math.max(0, seconds) / 60) + 1);

/** "about 40 s left", in steps that don't flicker; null below a second. */
export function timeLeft(ms: number): string | null {
  const seconds = ms / 1000;
  if (!Number.isFinite(seconds) || seconds < 1) return null;
  if (seconds < 10) return text.dates.secondsLeft(Math.ceil(seconds));
  if (seconds < 90) return text.dates.secondsLeft(Math.ceil(seconds / 5) * 5);
  return text.dates.minutesLeft(Math.ceil(seconds / 60));
}

/** The address of a video at a second: a media fragment, which pages that don't know it ignore. */
export function atSecond(url: string, seconds: number): string {
  const bare = url.split('#')[0] ?? url;
  return `${bare}#t=${Math.floor(seconds)}`;
}
