// Patterns that sites make addresses with, filled in for one post.

export interface PermalinkParts {
  slug: string;
  section: string;
  /** ISO 8601, or null. */
  date: string | null;
}

/** Named styles of Jekyll. */
const STYLES: ReadonlyMap<string, string> = new Map([
  ['date', '/:year/:month/:day/:title.html'],
  ['pretty', '/:year/:month/:day/:title/'],
  ['none', '/:title.html'],
]);

/**
 * The site path for a pattern of Jekyll or Hugo (`/:year/:month/:slug/`) or of Eleventy (`/{{ page.date | … }}/{{ page.fileSlug }}/`);
 * null where the pattern asks for what is not known here.
 */
export function expandPermalink(pattern: string, parts: PermalinkParts): string | null {
  const date = parts.date?.slice(0, 10).split('-');
  const [year, month, day] = date ?? [];
  const { slug, section } = parts;
  // One literal and no spread, since this is made for every post.
  const values: Readonly<Record<string, string | undefined>> = {
    year,
    month,
    day,
    short_year: year?.slice(2),
    i_month: month?.replace(/^0/, ''),
    i_day: day?.replace(/^0/, ''),
    title: slug,
    slug,
    name: slug,
    filename: slug,
    contentbasename: slug,
    slugorfilename: slug,
    section,
    sections: section,
    categories: '',
  };
  const unknown: string[] = [];
  const known = (value: string | undefined, name: string): string => {
    if (value === undefined) unknown.push(name);
    return value ?? '';
  };
  const filled = (STYLES.get(pattern) ?? pattern)
    .replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (_, expression: string) =>
      known(eleventyValue(expression, parts, date), expression),
    )
    .replace(/:([a-z_]+)/gi, (_, name: string) => known(values[name.toLowerCase()], name));
  if (unknown.length > 0 || /[{}$%]/.test(filled)) return null;
  return `/${filled}`.replace(/\/{2,}/g, '/').replace(/\/index\.html$/, '/');
}

function eleventyValue(expression: string, parts: PermalinkParts, date: string[] | undefined): string | undefined {
  if (/^page\.fileSlug\b/.test(expression) || /^title\s*\|\s*slug/.test(expression)) return parts.slug;
  if (/^page\.filePathStem\b/.test(expression)) return `${parts.section}/${parts.slug}`;
  if (!/^(?:page\.)?date\b/.test(expression)) return undefined;
  if (/["']yyyy["']|["']%Y["']/.test(expression)) return date?.[0];
  if (/["']MM["']|["']%m["']/.test(expression)) return date?.[1];
  if (/["']dd["']|["']%d["']/i.test(expression)) return date?.[2];
  return date?.join('/');
}
