// The posts of a site as their Markdown was, code and all, where the data has it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importFiles } from '../../../src/core/importers/index.ts';
import type { Post } from '../../../src/core/post.ts';
import type { SitePost } from '../site.ts';

/** Posts of which an original was found have its text; the others stay as they are. */
export async function withOriginals(folder: string, posts: readonly SitePost[]): Promise<SitePost[]> {
  const archive = join(folder, 'originals.tar.gz');
  if (!existsSync(archive)) return [...posts];
  const byPath = new Map<string, Post>();
  const file = { path: 'originals.tar.gz', blob: new Blob([readFileSync(archive)]) };
  for await (const event of importFiles([file], { source: '', include: ['draft', 'private'] })) {
    if (event.kind !== 'post') continue;
    // By every end of its path, so that "blog/a" and "a" both find "site/src/blog/a.md".
    const names = event.post.id.replace(/(?:\/index)?\.(?:md|markdown)$/, '').split('/');
    for (let from = 0; from < names.length; from++) byPath.set(names.slice(from).join('/'), event.post);
  }
  return posts.map((post) => {
    const original = byPath.get(post.id);
    return original === undefined ? post : { ...post, text: original.text, blocks: original.blocks };
  });
}
