// Serves the pages of the comparisons, headers as the site has them.
import { fileURLToPath } from 'node:url';
import { createServer, type ViteDevServer } from 'vite';
import { isolationHeaders } from '../scripts/headers.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

export interface BenchServerOptions {
  /** Of the page, from the root of the project. */
  page: string;
  /** Packages that load their WebAssembly or chunks from beside them. */
  asTheyAre?: string[];
  /** Modules that stand in for packages. */
  alias?: Record<string, string>;
  /** Whether the page runs the app's own workers, and so needs the settings that these are built with. */
  app?: boolean;
}

export interface BenchServer {
  /** Of the page. */
  address: string;
  close: () => Promise<void>;
}

export async function serveBench({
  page,
  asTheyAre = [],
  alias = {},
  app = false,
}: BenchServerOptions): Promise<BenchServer> {
  const server: ViteDevServer = await createServer({
    configFile: app ? `${ROOT}vite.config.ts` : false,
    root: ROOT,
    logLevel: 'warn',
    cacheDir: `node_modules/.cache/${page.replace(/\W+/g, '-')}`,
    resolve: { alias },
    optimizeDeps: { entries: [page], exclude: asTheyAre },
    server: { port: 0, headers: isolationHeaders, hmr: false, watch: null },
  });
  await server.listen();
  return { address: `${server.resolvedUrls?.local[0] ?? ''}${page}`, close: () => server.close() };
}
