// A browser of our own on a profile of its own, that can be killed like any process.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import { findBrowser, launchArgs } from '../../scripts/browser.js';

const START_MS = 60_000;

export class BrowserProcess {
  readonly #folder = mkdtempSync(join(tmpdir(), 'kindred-crash-'));
  #process: ChildProcess | null = null;
  #browser: Browser | null = null;

  get running(): boolean {
    return this.#process !== null;
  }

  async start(): Promise<void> {
    const portFile = join(this.#folder, 'DevToolsActivePort');
    rmSync(portFile, { force: true });
    const args = ['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${this.#folder}`, ...launchArgs];
    this.#process = spawn(findBrowser() ?? chromium.executablePath(), [...args, 'about:blank'], { stdio: 'ignore' });
    const until = Date.now() + START_MS;
    let port = '';
    while (port === '') {
      if (Date.now() > until) throw new Error('The browser did not start within a minute.');
      await new Promise((resolve) => setTimeout(resolve, 50));
      port = existsSync(portFile) ? (readFileSync(portFile, 'utf8').split('\n')[0] ?? '') : '';
    }
    this.#browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  }

  async newPage(): Promise<Page> {
    const [context] = this.#browser?.contexts() ?? [];
    if (context === undefined) throw new Error('The browser was not started.');
    return context.newPage();
  }

  /** Ends the process at once, as a crash or a power cut of the program would. */
  async kill(): Promise<void> {
    const running = this.#process;
    this.#process = null;
    if (running === null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await ended;
    await this.#browser?.close().catch(() => undefined);
  }

  async dispose(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
