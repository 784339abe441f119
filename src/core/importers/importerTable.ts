// The table of formats: one importer each. docs/formats.md says which version of each is read, and where it is described.
import type { Importer } from './importer.ts';
import { lazyPart } from './lazyParts.ts';
import { markdownFiles } from './formats/markdownFiles.ts';
import type { FormatName } from './sniffFormat.ts';
import { transcripts } from './formats/transcripts.ts';

/** `item` is the file that wants it. */
type Load = (item: string) => Importer | Promise<Importer>;

const importers = {
  markdown: () => markdownFiles,
  'json-lines': async (item) => (await lazyPart('json-lines', item)).jsonLines,
  transcript: () => transcripts,
  blogger: async (item) => (await lazyPart('blogger', item)).blogger,
  bluesky: async (item) => (await lazyPart('bluesky', item)).bluesky,
  'bluesky-car': async (item) => (await lazyPart('bluesky-car', item)).blueskyCar,
  feed: async (item) => (await lazyPart('feed', item)).feeds,
  'feed-list': async (item) => (await lazyPart('feed-list', item)).opml,
  ghost: async (item) => (await lazyPart('ghost', item)).ghost,
  'hacker-news': async (item) => (await lazyPart('hacker-news', item)).hackerNews,
  html: async (item) => (await lazyPart('html', item)).htmlPages,
  instagram: async (item) => (await lazyPart('instagram', item)).instagram,
  'linkedin-shares': async (item) => (await lazyPart('linkedin-shares', item)).linkedinShares,
  mastodon: async (item) => (await lazyPart('mastodon', item)).mastodon,
  reddit: async (item) => (await lazyPart('reddit', item)).reddit,
  sitemap: async (item) => (await lazyPart('sitemap', item)).sitemap,
  substack: async (item) => (await lazyPart('substack', item)).substack,
  table: async (item) => (await lazyPart('table', item)).tables,
  'timed-text': async (item) => (await lazyPart('timed-text', item)).timedTextFiles,
  wordpress: async (item) => (await lazyPart('wordpress', item)).wordpress,
  x: async (item) => (await lazyPart('x', item)).xArchive,
  youtube: async (item) => (await lazyPart('youtube', item)).youtube,
} as const satisfies Record<FormatName, Load>;

export const formatNames = Object.keys(importers) as FormatName[];

/** Rejects with `file-unreadable` when the importer is not loaded yet and cannot be now. `item` is the file that wants it. */
export async function importerFor(format: FormatName, item: string): Promise<Importer> {
  return importers[format](item);
}
