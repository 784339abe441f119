// Packs the demo's posts and drafts into one file, served at /demo/demo.json, for the page to import like any folder of Markdown.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

function packDemo(folder: string): string {
  const blog = JSON.parse(readFileSync(join(folder, 'blog.json'), 'utf8')) as { name: string };
  const posts = readdirSync(join(folder, 'posts'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(folder, 'posts', path), 'utf8') }));
  const drafts = ['draft.md', 'draft-2.md'].map((name) => {
    const [, title = '', body = ''] =
      /^---\ntitle: (.*)\n---\n([\s\S]*)$/.exec(readFileSync(join(folder, name), 'utf8')) ?? [];
    return { title, body: body.trimEnd() };
  });
  const content = JSON.stringify({ posts, drafts });
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
  return JSON.stringify({ name: blog.name, hash, posts, drafts });
}

export function demoPlugin(): Plugin {
  const folder = join(import.meta.dirname, '..', 'demo');
  return {
    name: 'kindred-demo',
    configureServer(server) {
      server.middlewares.use('/demo/demo.json', (_request, response) => {
        response.setHeader('Content-Type', 'application/json');
        response.end(packDemo(folder));
      });
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'demo/demo.json', source: packDemo(folder) });
    },
  };
}
