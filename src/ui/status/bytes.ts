// Sizes of files and storage as people say them.
import { text } from '../text.ts';

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** 22 900 000 as 22.9 and MB: steps of a thousand, one decimal below a hundred, none for bytes. */
export function sizeParts(bytes: number): { value: string; unit: (typeof units)[number] } {
  let value = Math.max(0, bytes);
  let step = 0;
  while (value >= 999.5 && step < units.length - 1) {
    value /= 1000;
    step += 1;
  }
  const digits = step === 0 || value >= 99.95 ? 0 : 1;
  const said = new Intl.NumberFormat(text.dates.locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return { value: said.format(value), unit: units[step] ?? 'B' };
}

/** "22.9 MB" */
export function saidSize(bytes: number): string {
  const { value, unit } = sizeParts(bytes);
  return `${value} ${unit}`;
}
