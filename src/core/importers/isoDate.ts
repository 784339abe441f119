// Dates as files and feeds write them, in ISO 8601.

const ISO =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([+-]\d{2}:?\d{2}|[+-]\d{1,2}|[A-Za-z]{1,5})?)?$/;
const YEAR_FIRST = /^(\d{4})[./](\d{1,2})[./](\d{1,2})$/;
const DAY_FIRST =
  /^(?:[A-Za-z]+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{2,4})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([+-]\d{4}|[A-Za-z]{1,5})?)?$/;
const MONTH_FIRST = /^([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The zones that RFC 822 names. */
const ZONES: ReadonlyMap<string, string> = new Map([
  ...['z', 'ut', 'utc', 'gmt'].map((name) => [name, 'Z'] as const),
  ...[
    ['edt', '-04:00'],
    ['est', '-05:00'],
    ['cdt', '-05:00'],
    ['cst', '-06:00'],
  ].map(([name = '', zone = '']) => [name, zone] as const),
  ...[
    ['mdt', '-06:00'],
    ['mst', '-07:00'],
    ['pdt', '-07:00'],
    ['pst', '-08:00'],
  ].map(([name = '', zone = '']) => [name, zone] as const),
]);

/**
 * The date, or date and time with the zone as published, or null where the text is no date. A time without a zone stays without one.
 */
export function isoDate(value: unknown): string | null {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (text.length > 60) return null;
  const iso = ISO.exec(text) ?? YEAR_FIRST.exec(text) ?? COMPACT.exec(text);
  if (iso !== null) return joined(iso[1], iso[2], iso[3], iso[4], iso[5], iso[6], iso[7]);
  const day = DAY_FIRST.exec(text);
  if (day !== null) return joined(fullYear(day[3]), monthNumber(day[2]), day[1], day[4], day[5], day[6], day[7]);
  const month = MONTH_FIRST.exec(text);
  if (month !== null) return joined(month[3], monthNumber(month[1]), month[2]);
  return null;
}

function joined(
  year = '',
  month = '',
  day = '',
  hours?: string,
  minutes?: string,
  seconds?: string,
  zone?: string,
): string | null {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const known = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(known.getTime()) || known.getUTCDate() !== Number(day)) return null;
  if (hours === undefined || minutes === undefined) return date;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds ?? 0) > 60) return date;
  return `${date}T${hours.padStart(2, '0')}:${minutes}:${seconds ?? '00'}${isoZone(zone)}`;
}

function isoZone(zone: string | undefined): string {
  if (zone === undefined) return '';
  const numeric = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone);
  if (numeric !== null) return `${numeric[1]}${(numeric[2] ?? '').padStart(2, '0')}:${numeric[3] ?? '00'}`;
  return ZONES.get(zone.toLowerCase()) ?? '';
}

function monthNumber(name = ''): string {
  const index = MONTHS.indexOf(name.slice(0, 3).toLowerCase());
  return index < 0 ? '' : String(index + 1);
}

function fullYear(year = ''): string {
  return year.length === 2 ? (Number(year) < 70 ? `20${year}` : `19${year}`) : year;
}
