// Times within a video, time left, and the address of a moment.
import { roughDuration } from '../../app/timeLeft.ts';
import { text } from '../text.ts';
import { figure } from '../text/count.ts';

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

/** "about 40 s left"; null while it is not known. */
export function timeLeft(ms: number | null): string | null {
  if (ms === null || !Number.isFinite(ms)) return null;
  const { unit, count } = roughDuration(ms);
  const { secondsLeft, minutesLeft, hoursLeft } = text.dates;
  return { second: secondsLeft, minute: minutesLeft, hour: hoursLeft }[unit](count);
}

/** Below this, seconds say more than minutes. */
const SECONDS_BELOW_MS = 120_000;
const HALVES_BELOW_MINUTES = 10;

/** "40 s", "3.5 min": how long something takes, as precisely as it can be known beforehand. */
export function duration(ms: number): string {
  const { seconds, minutes, hours } = text.dates;
  if (ms < SECONDS_BELOW_MS) {
    const whole = Math.max(1, Math.ceil(ms / 1000));
    return seconds(figure(whole <= 10 ? whole : Math.ceil(whole / 5) * 5));
  }
  const exact = ms / 60_000;
  if (exact < HALVES_BELOW_MINUTES) return minutes(figure(Math.ceil(exact * 2) / 2));
  const { unit, count } = roughDuration(ms);
  return unit === 'hour' ? hours(figure(count)) : minutes(figure(count));
}

/** "0.2 s", two digits where it matters. */
export function saidSeconds(ms: number): string {
  const seconds = new Intl.NumberFormat(text.dates.locale, { maximumSignificantDigits: ms < 1000 ? 1 : 2 });
  return text.dates.seconds(seconds.format(Math.max(ms / 1000, 0.01)));
}

/** Players that want the second in their own way; everything else takes a media fragment, and pages that don't know it ignore it. */
const players: readonly { host: RegExp; path?: RegExp; at: (url: URL, seconds: number) => void }[] = [
  {
    host: /^(?:www\.|m\.|music\.)?youtube(?:-nocookie)?\.com$|^youtu\.be$/,
    at: (url, s) => url.searchParams.set('t', `${s}s`),
  },
  { host: /^(?:www\.)?twitch\.tv$/, at: (url, s) => url.searchParams.set('t', `${s}s`) },
  { host: /^(?:www\.|player\.)?vimeo\.com$/, at: (url, s) => (url.hash = `t=${s}s`) },
  // PeerTube is on every host, and known by its paths.
  { host: /./, path: /^\/(?:w|videos\/watch)\/[\w-]{20,}$/, at: (url, s) => url.searchParams.set('start', `${s}s`) },
];

/** The address of a video or a recording at a second. */
export function atSecond(address: string, seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (!URL.canParse(address)) return `${address.split('#')[0] ?? address}#t=${whole}`;
  const url = new URL(address);
  const player = players.find(({ host, path }) => host.test(url.hostname) && (path?.test(url.pathname) ?? true));
  if (player === undefined) url.hash = `t=${whole}`;
  else player.at(url, whole);
  return url.href;
}
