// Decides which addresses of imported links survive: http, https, mailto and relative ones.
import { TEMPLATE_FILL } from './templateTags.ts';

/** What no scheme may hold counts too: an address of the site itself has no colon before its first slash. */
const SCHEME = /^([^/?#:]*):/;
const KEPT_SCHEMES = new Set(['http', 'https', 'mailto']);
// Browsers drop tabs and line ends inside an address before they read its scheme: `java\nscript:` is a script.
// eslint-disable-next-line no-control-regex
const IGNORED_BY_BROWSERS = /[\u0000-\u001f\u007f]+/g;
const FILL = new RegExp(TEMPLATE_FILL, 'g');
/** Longer ones are data in disguise, never an address that an author would insert. */
const LONGEST_HREF = 2000;

/** The address as kept in a link, or null where it must not be kept: script, data, other schemes, a mere fragment, nothing. */
export function safeHref(raw: string): string | null {
  const href = raw.replace(IGNORED_BY_BROWSERS, '').replace(FILL, '').trim();
  if (href === '' || href.startsWith('#') || href.length > LONGEST_HREF) return null;
  const scheme = SCHEME.exec(href)?.[1];
  return scheme === undefined || KEPT_SCHEMES.has(scheme.toLowerCase()) ? href : null;
}

/** As `safeHref`, for the address of a post itself: http, https or a path of the site. */
export function safePostUrl(raw: string): string | null {
  const href = safeHref(raw);
  if (href === null || /\s/.test(href)) return null;
  return /^(https?:)?\//i.test(href) ? href : null;
}
