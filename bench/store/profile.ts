// A browser with a profile on the disk, which a test may end and start again.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { launchOptions } from '../../scripts/browser.js';

export class Profile {
  readonly folder = mkdtempSync(join(tmpdir(), 'kindred-profile-'));

  /** A new browser process on this profile, with a page open. */
  async launch(): Promise<{ context: BrowserContext; page: Page }> {
    const context = await chromium.launchPersistentContext(this.folder, launchOptions());
    return { context, page: context.pages()[0] ?? (await context.newPage()) };
  }

  /** Does something in a page of a new browser process, and ends the process. Errors of the page are printed. */
  async inPage<T>(work: (page: Page) => Promise<T>): Promise<T> {
    const { context, page } = await this.launch();
    try {
      page.on('pageerror', (error) => process.stderr.write(`${error.message}\n`));
      return await work(page);
    } finally {
      await context.close();
    }
  }

  /** Bytes of what IndexedDB keeps on the disk. */
  storedBytes(): number {
    return bytesOf(join(this.folder, 'Default', 'IndexedDB'));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function bytesOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
