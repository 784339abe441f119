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

const SLUG_NAMES = new Set(['title', 'slug', 'name', 'filename', 'contentbasename', 'slugorfilename']);

/**
 * The site path for a pattern of Jekyll or Hugo (`/:year/:month/:slug/`) or of Eleventy (`/{{ page.date | … }}/{{ page.fileSlug }}/`);
 * null where the pattern asks for what is not known here.
 */
export function expandPermalink(pattern: string, parts: PermalinkParts): string | null {
  const date = parts.date?.slice(0, 10).split('-');
  const unknown: string[] = [];
  const known = (value: string | undefined, name: string): string => {
    if (value === undefined) unknown.push(name);
    return value ?? '';
  };
  const filled = (STYLES.get(pattern) ?? pattern)
    .replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (_, expression: string) =>
      known(eleventyValue(expression, parts, date), expression),
    )
    .replace(/:([a-z_]+)/gi, (_, name: string) => known(placeholderValue(name.toLowerCase(), parts, date), name));
  if (unknown.length > 0 || /[{}$%]/.test(filled)) return null;
  return `/${filled}`.replace(/\/{2,}/g, '/').replace(/\/index\.html$/, '/');
}

function placeholderValue(
  name: string,
  { slug, section }: PermalinkParts,
  date: string[] | undefined,
): string | undefined {
  switch (name) {
    case 'year':
      return date?.[0];
    case 'short_year':
      return date?.[0]?.slice(2);
    case 'month':
      return date?.[1];
    case 'i_month':
      return date?.[1]?.replace(/^0/, '');
    case 'day':
      return date?.[2];
    case 'i_day':
      return date?.[2]?.replace(/^0/, '');
    case 'section':
    case 'sections':
      return section;
    case 'categories':
      return '';
    default:
      return SLUG_NAMES.has(name) ? slug : undefined;
  }
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
