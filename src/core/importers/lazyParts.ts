// What many an import never needs, the large parsers above all: loaded at the first file that does, and fetched ahead once the page is at rest.
import { KindredError } from '../errors.ts';

const parts = {
  archives: () => import('./archives/openArchive.ts'),
  'front matter': () => import('./fieldLanguages.ts'),
  'other formats': () => import('./sniffOther.ts'),
  blogger: () => import('./formats/blogger.ts'),
  bluesky: () => import('./formats/bluesky.ts'),
  'bluesky-car': () => import('./formats/blueskyCar.ts'),
  feed: () => import('./formats/feeds.ts'),
  'feed-list': () => import('./formats/opml.ts'),
  ghost: () => import('./formats/ghost.ts'),
  'hacker-news': () => import('./formats/hackerNews.ts'),
  html: () => import('./formats/htmlPages.ts'),
  instagram: () => import('./formats/instagram.ts'),
  'json-lines': () => import('./formats/jsonLines.ts'),
  'linkedin-shares': () => import('./formats/linkedinShares.ts'),
  notion: () => import('./notionPage.ts'),
  mastodon: () => import('./formats/mastodon.ts'),
  reddit: () => import('./formats/reddit.ts'),
  'settings of sites': () => import('./sitePermalinks.ts'),
  sitemap: () => import('./formats/sitemap.ts'),
  substack: () => import('./formats/substack.ts'),
  table: () => import('./formats/tables.ts'),
  'timed-text': () => import('./formats/timedTextFiles.ts'),
  transcript: () => import('./spokenText.ts'),
  'Markdown by parts': () => import('../text/structure/markdownByParts.ts'),
  wordpress: () => import('./formats/wordpress.ts'),
  x: () => import('./formats/xArchive.ts'),
  youtube: () => import('./formats/youtube.ts'),
} as const;

type Parts = typeof parts;

/** What was asked for, so that thousands of files ask the module loader once. */
const loading = new Map<keyof Parts, Promise<unknown>>();

function load(name: keyof Parts): Promise<unknown> {
  const known = loading.get(name);
  if (known !== undefined) return known;
  const asked = parts[name]();
  loading.set(name, asked);
  // What can't be had now is asked for again when needed.
  asked.catch(() => loading.delete(name));
  return asked;
}

/** Rejects with `file-unreadable` when the part is not there yet and cannot be fetched. `item` is the file that wants it. */
export async function lazyPart<Name extends keyof Parts>(
  name: Name,
  item: string,
): Promise<Awaited<ReturnType<Parts[Name]>>> {
  try {
    return (await load(name)) as Awaited<ReturnType<Parts[Name]>>;
  } catch (cause) {
    throw new KindredError(
      'file-unreadable',
      `${item} could not be read: the part of Kindred that reads ${name} did not load. Connect to the network and import the file again.`,
      { item, cause },
    );
  }
}

/** Fetches every part, so that imports work when the network is gone. */
export async function prefetchParts(): Promise<void> {
  await Promise.allSettled((Object.keys(parts) as (keyof Parts)[]).map(load));
}
