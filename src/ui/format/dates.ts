// Dates as people say them, the exact one beside it, and how long one was before another.
import type { AgeUnit } from '../text/dates.ts';
import { text } from '../text.ts';

const DAY_MS = 86_400_000;
const words = text.dates;

const dayMonth = new Intl.DateTimeFormat(words.locale, { day: 'numeric', month: 'long' });
const monthYear = new Intl.DateTimeFormat(words.locale, { month: 'long', year: 'numeric' });
const weekday = new Intl.DateTimeFormat(words.locale, { weekday: 'long' });
const exact = new Intl.DateTimeFormat(words.locale, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

/** A date without a time is a day of the calendar, not an instant in UTC; null when it can't be read. */
export function parseDate(iso: string): Date | null {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  const date = day ? new Date(Number(day[1]), Number(day[2]) - 1, Number(day[3])) : new Date(iso);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** "today", "Tuesday", "three weeks ago", "14 March", "March 2024". */
export function saidDate(date: Date, now: Date): string {
  const days = daysBetween(date, now);
  if (days === 0) return words.today;
  if (days === 1) return words.yesterday;
  if (days === -1) return words.tomorrow;
  if (days > 1 && days < 7) return weekday.format(date);
  if (days >= 7 && days < 42) return words.ago(Math.round(days / 7), 'week');
  if (date.getFullYear() === now.getFullYear()) return dayMonth.format(date);
  return monthYear.format(date);
}

/** "Thursday, 14 March 2024" */
export const exactDate = (date: Date): string => exact.format(date);

/** How long `date` lies before `now`, in the largest unit that is at least one; null when it lies after it. */
export function age(date: Date, now: Date): { value: number; unit: AgeUnit } | null {
  const days = daysBetween(date, now);
  if (days < 0) return null;
  if (days < 7) return { value: days, unit: 'day' };
  if (days < 31) return { value: Math.max(1, Math.round(days / 7)), unit: 'week' };
  if (days < 365) return { value: Math.max(1, Math.round(days / 30.44)), unit: 'month' };
  return { value: Math.max(1, Math.round(days / 365.25)), unit: 'year' };
}

/** "written three weeks before", for the sentence that says why a post is suggested; null for a post without a date. */
export function writtenBefore(iso: string | null, now: Date): string | null {
  const date = iso === null ? null : parseDate(iso);
  if (date === null) return null;
  const since = age(date, now);
  if (since === null) return words.writtenAfter;
  if (since.unit === 'day' && since.value === 0) return words.writtenToday;
  if (since.unit === 'day' && since.value === 1) return words.writtenYesterday;
  return words.writtenBefore(since.value, since.unit);
}

/** When a draft was last edited: "just now", "12 min ago", "Tuesday". */
export function saidMoment(ms: number, now: number): string {
  const minutes = Math.floor((now - ms) / 60_000);
  if (minutes < 1) return words.justNow;
  if (minutes < 60) return words.minutesAgo(minutes);
  return saidDate(new Date(ms), new Date(now));
}

/** Whole calendar days from `date` to `now`, whatever the time of day and the clock changes between. */
function daysBetween(date: Date, now: Date): number {
  const dayNumber = (d: Date): number => Date.UTC(d.getFullYear(), d.getMonth(), d.getDate()) / DAY_MS;
  return dayNumber(now) - dayNumber(date);
}
