// Serves the page of the comparison and opens it in one Chromium; knows what its heap holds.
import { fileURLToPath } from 'node:url';
import type { Browser, CDPSession, Page } from 'playwright';
import { createServer, type ViteDevServer } from 'vite';
import { isolationHeaders } from '../../scripts/headers.ts';
import { launchChromium } from '../launchChromium.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Packages that load their WebAssembly or chunks from beside them. */
const AS_THEY_ARE = ['edgevec', 'hnswlib-wasm', 'voy-search'];

export interface BenchPage {
  page: Page;
  /** Bytes that JavaScript objects take after a collection, without what typed arrays and WebAssembly hold. */
  heap: () => Promise<number>;
  close: () => Promise<void>;
}

export class BenchBrowser {
  private readonly server: ViteDevServer;
  private readonly browser: Browser;

  private constructor(server: ViteDevServer, browser: Browser) {
    this.server = server;
    this.browser = browser;
  }

  static async start(): Promise<BenchBrowser> {
    const server = await createServer({
      configFile: false,
      root: ROOT,
      logLevel: 'warn',
      cacheDir: 'node_modules/.cache/bench-search',
      optimizeDeps: { entries: ['bench/search/page.html'], exclude: AS_THEY_ARE },
      server: { port: 0, headers: isolationHeaders, hmr: false, watch: null },
    });
    await server.listen();
    const browser = await launchChromium();
    return new BenchBrowser(server, browser);
  }

  get version(): string {
    return this.browser.version();
  }

  /** A page of its own process, where nothing was built yet. */
  async open(): Promise<BenchPage> {
    const context = await this.browser.newContext();
    const page = await context.newPage();
    page.on('pageerror', (error) => process.stderr.write(`${error.message}\n`));
    const address = this.server.resolvedUrls?.local[0] ?? '';
    await page.goto(`${address}bench/search/page.html`);
    // The first load may find a package that the server has to prepare, and reload.
    await page.waitForFunction(() => 'searchBench' in window, undefined, { timeout: 120_000 });
    const devtools = await context.newCDPSession(page);
    return { page, heap: () => heapOf(devtools), close: () => context.close() };
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.close();
  }
}

async function heapOf(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  return (await devtools.send('Runtime.getHeapUsage')).usedSize;
}
