// Builds one page of a bench as the site itself is built: what is measured is the code that ships.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** `page` is an HTML file, relative to the root of the repository. Returns the folder that has it, under its own path, and all that it loads. */
export async function buildPage(page: string): Promise<string> {
  const outDir = join(ROOT, 'node_modules/.cache/kindred-bench', page.replaceAll('/', '-'));
  await build({
    configFile: join(ROOT, 'vite.config.ts'),
    root: ROOT,
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, copyPublicDir: false, sourcemap: false, rolldownOptions: { input: page } },
  });
  return outDir;
}
