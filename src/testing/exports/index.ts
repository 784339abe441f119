// Every fixture of every format.
import { blueskyCarExport } from './blueskyCar.ts';
import type { ExportFormat } from './exportItem.ts';
import { ghostExport } from './ghostExport.ts';
import * as json from './jsonExports.ts';
import * as network from './networkExports.ts';
import * as other from './otherExports.ts';
import * as page from './pageExports.ts';
import * as table from './tableExports.ts';
import * as xml from './xmlExports.ts';

export const exportFormats: ReadonlyMap<string, ExportFormat> = new Map<string, ExportFormat>([
  ['WordPress WXR 1.2', xml.wordpressExport],
  ['Blogger Takeout', xml.bloggerTakeout],
  ['Blogger backup', xml.bloggerBackup],
  ['RSS 2.0', xml.rssFeed],
  ['RSS 1.0', xml.rdfFeed],
  ['Atom', xml.atomFeed],
  ['JSON Feed', json.jsonFeed],
  ['Ghost', ghostExport],
  ['Mastodon', json.mastodonExport],
  ['Bluesky JSON', json.blueskyJson],
  ['Bluesky CAR', blueskyCarExport],
  ['X', network.xExport],
  ['Threads', network.threadsExport],
  ['Hacker News', json.hackerNewsItems],
  ['JSON Lines', json.jsonLinesExport],
  ['Substack', table.substackExport],
  ['LinkedIn shares', table.linkedinExport],
  ['LinkedIn articles', page.linkedinArticles],
  ['Reddit', table.redditExport],
  ['CSV', table.csvTable],
  ['YouTube Takeout', table.youtubeTakeout],
  ['YouTube Takeout in German', table.youtubeTakeoutGerman],
  ['Medium', page.mediumExport],
  ['HTML site with sitemap', page.sitePages],
  ['Hugo', other.hugoMarkdown],
  ['Astro', other.astroMarkdown],
  ['Notion', other.notionExport],
  ['WebVTT', other.captions],
  ['Whisper', other.whisperExport],
]);

export { makeItem } from './exportItem.ts';
export type { ExportFiles, ExportFormat, ExportItem } from './exportItem.ts';
