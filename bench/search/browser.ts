// Opens the page of the comparison in one Chromium; knows what its heap holds.
import { chromium, type Browser, type CDPSession, type Page } from 'playwright';
import { launchOptions } from '../../scripts/browser.js';
import { serveBench, type BenchServer } from '../server.ts';

/** Packages that load their WebAssembly or chunks from beside them. */
const AS_THEY_ARE = ['edgevec', 'hnswlib-wasm', 'voy-search'];

export interface BenchPage {
  page: Page;
  /** Bytes that JavaScript objects take after a collection, without what typed arrays and WebAssembly hold. */
  heap: () => Promise<number>;
  close: () => Promise<void>;
}

export class BenchBrowser {
  private readonly server: BenchServer;
  private readonly browser: Browser;

  private constructor(server: BenchServer, browser: Browser) {
    this.server = server;
    this.browser = browser;
  }

  static async start(): Promise<BenchBrowser> {
    const server = await serveBench({ page: 'bench/search/page.html', asTheyAre: AS_THEY_ARE });
    const browser = await chromium.launch(launchOptions());
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
    await page.goto(this.server.address);
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
