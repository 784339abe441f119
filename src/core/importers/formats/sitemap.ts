// A sitemap by itself: addresses without posts. Beside local pages it gives them their addresses (sitemapAddresses.ts).
import { KindredError } from '../../errors.ts';
import type { Importer, ImporterContext, ImportEvent, SourceFile } from '../importer.ts';
import { xmlItems } from '../xmlItems.ts';

const MB = 1024 * 1024;

export const sitemap: Importer = { label: 'Sitemap', maxBytes: 64 * MB, read };

async function* read(file: SourceFile, context: ImporterContext): AsyncGenerator<ImportEvent> {
  if (context.find((path) => /\.html?$/i.test(path)) !== null) {
    yield { kind: 'skipped', file: file.path, reason: 'not-a-post' };
    return;
  }
  let pages = 0;
  for await (const one of xmlItems(file, new Set(['loc']))) if (one.text.trim() !== '') pages++;
  throw new KindredError(
    'feed-list',
    `${file.path} names ${pages} ${pages === 1 ? 'page' : 'pages'} and holds none of them. Add the folder of your site’s pages together with it, or the feed of your blog.`,
    { item: file.path },
  );
}
