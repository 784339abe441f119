// A date as people say it, with the exact one on hover.
import { exactDate, parseDate, saidDate } from '../format/dates.ts';
import { text } from '../text.ts';

/** @param iso a post's date, or null for a post without one */
export function DateText({ iso, now }: { iso: string | null; now?: Date }) {
  const date = iso === null ? null : parseDate(iso);
  if (iso === null || date === null) return <span>{text.dates.undated}</span>;
  return (
    <time dateTime={iso} title={exactDate(date)}>
      {saidDate(date, now ?? new Date())}
    </time>
  );
}
