// Words for dates, ages and durations.
import { figure } from './count.ts';

const small = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

/** Numbers up to twelve as words, as in running text. */
const spelt = (value: number): string => small[value] ?? figure(value);

export type AgeUnit = 'day' | 'week' | 'month' | 'year';

export const dates = {
  today: 'today',
  yesterday: 'yesterday',
  tomorrow: 'tomorrow',
  undated: 'undated',
  /** "three weeks ago" */
  ago: (value: number, unit: AgeUnit) => `${spelt(value)} ${unit}${value === 1 ? '' : 's'} ago`,
  /** Language and region for month and weekday names. */
  locale: 'en-GB',
  writtenToday: 'written today',
  writtenYesterday: 'written the day before',
  /** "written three weeks before", seen from the draft. */
  writtenBefore: (value: number, unit: AgeUnit) =>
    `written ${value === 1 ? 'a' : spelt(value)} ${unit}${value === 1 ? '' : 's'} before`,
  writtenAfter: 'dated after today',
  /** Time left, rounded as people do. */
  secondsLeft: (seconds: number) => `about ${figure(seconds)} s left`,
  minutesLeft: (minutes: number) => `about ${figure(minutes)} min left`,
  hoursLeft: (hours: number) => `about ${figure(hours)} h left`,
  /** How long something takes; a number and its unit stay on one line. */
  seconds: (seconds: string) => `${seconds}\u00a0s`,
  minutes: (minutes: string) => `${minutes}\u00a0min`,
  hours: (hours: string) => `${hours}\u00a0h`,
  minute: (minute: number) => `minute ${figure(minute)}`,
  justNow: 'just now',
  minutesAgo: (minutes: number) => `${figure(minutes)} min ago`,
};
