// Pages of one browser that share the library: each can be asked directly, frozen and thawed, and every write is on record.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, CDPSession, Page } from '@playwright/test';
import type { LibraryApi, LibraryStatus } from '../../src/core/index.ts';

const models = join(import.meta.dirname, '../../src/testing/models');

/** In each page: keeps the library's worker at hand, so that a test can call it beside the page. */
const IN_PAGE = `
  const Real = Worker;
  let latest, nextId = 1e9;
  const waiting = new Map();
  globalThis.Worker = class extends Real {
    constructor(url, options) {
      super(url, options);
      if (!String(url).includes('library.worker')) return;
      latest = this;
      this.addEventListener('message', ({ data }) => {
        const call = waiting.get(data?.id);
        if (call === undefined) return;
        if (data.rpc === 'result') call.resolve(data.value);
        else if (data.rpc === 'error') call.reject(new Error(data.error.code + ': ' + data.error.message));
      });
    }
  };
  globalThis.callLibrary = (method, args) => new Promise((resolve, reject) => {
    const id = nextId++;
    waiting.set(id, { resolve, reject });
    latest.postMessage({ rpc: 'call', id, method, args, signals: [], callbacks: [] });
  });
  let stoppedUntil = 0;
  const say = BroadcastChannel.prototype.postMessage;
  BroadcastChannel.prototype.postMessage = function (message) {
    if (Date.now() >= stoppedUntil) say.call(this, message);
  };
  globalThis.stop = (ms) => new Promise((resolve) => {
    const worker = latest;
    worker.addEventListener('message', function onStopped({ data }) {
      if (data?.stopped === undefined) return;
      worker.removeEventListener('message', onStopped);
      stoppedUntil = Date.now() + ms;
      resolve(data.stopped);
    });
    worker.postMessage({ stopMs: ms });
  });
  globalThis.importTexts = (texts, source) => callLibrary('importFiles', [
    texts.map(({ path, text }) => ({ path, blob: new Blob([text]) })), { source }]);
`;

/**
 * In each library worker, before its own code: every transaction that shares the right to write also writes down who it is, in that
 * transaction and under the next number; so the record has the order in which the database itself has put them. One over that store alone
 * takes the right.
 */
const IN_WORKER = `
  const open = new Set();
  addEventListener('message', ({ data }) => {
    if (!(data?.stopMs > 0)) return;
    postMessage({ stopped: { open: [...open].map(({ mode, objectStoreNames }) => mode + ' ' + [...objectStoreNames]) } });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, data.stopMs);
  });
  const commit = IDBTransaction.prototype.commit;
  IDBTransaction.prototype.commit = function () {
    commit.call(this);
    open.delete(this);
  };
  const create = IDBDatabase.prototype.createObjectStore;
  IDBDatabase.prototype.createObjectStore = function (name, options) {
    if (name === 'writer') create.call(this, 'record', { autoIncrement: true });
    return create.call(this, name, options);
  };
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    const names = [stores].flat();
    const shared = mode === 'readwrite' && names.includes('writer');
    const transaction = begin.call(this, shared ? [...names, 'record'] : stores, mode, options);
    open.add(transaction);
    for (const end of ['complete', 'abort']) transaction.addEventListener(end, () => open.delete(transaction));
    if (shared) transaction.objectStore('record').add({ tab: self.name, takes: names.length === 1 });
    return transaction;
  };
`;

export interface WriteRecord {
  tab: string;
  /** It took the right to write, and wrote nothing else. */
  takes: boolean;
}

/** Prepares a browser context: tiny models, calls from tests, a record of writes. */
export async function withSharedLibrary(context: BrowserContext): Promise<void> {
  await context.addInitScript(IN_PAGE);
  await context.route(/\/models\/.+/, async (route) => {
    const path = new URL(route.request().url()).pathname.replace(/^.*\/models\//, '');
    const contentType = path.endsWith('.json') ? 'application/json' : 'application/octet-stream';
    await route.fulfill({ body: readFileSync(join(models, path)), contentType });
  });
  await context.route(/\/assets\/library\.worker-.*\.js$/, async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers() };
    delete headers['content-length'];
    await route.fulfill({ response, headers, body: `{${IN_WORKER}}\n${await response.text()}` });
  });
}

/** What `IN_PAGE` puts there. */
interface InPage {
  callLibrary: (name: string, args: unknown[]) => Promise<unknown>;
  importTexts: (texts: readonly { path: string; text: string }[], source: string) => Promise<Answer<'importFiles'>>;
  stop: (ms: number) => Promise<Stopped>;
}

/** How a worker was stopped. */
export interface Stopped {
  /** Transactions that wait for it, with the stores that nobody else can write to meanwhile: there should be none. */
  open: string[];
}

/** After it, a call that was not answered counts as lost. */
const LOST_MS = 60_000;

async function orLost<T>(what: string, answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const lost = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer to ${what} within ${LOST_MS / 1000} s`)), LOST_MS);
  });
  return Promise.race([answer, lost]).finally(() => clearTimeout(timer));
}

type Answer<Method extends keyof LibraryApi> = Awaited<ReturnType<LibraryApi[Method]>>;

export class TabPage {
  readonly page: Page;
  readonly #devtools: CDPSession;
  frozen = false;

  private constructor(page: Page, devtools: CDPSession) {
    this.page = page;
    this.#devtools = devtools;
  }

  static async open(context: BrowserContext, address = '/'): Promise<TabPage> {
    const page = await context.newPage();
    await page.goto(address);
    return new TabPage(page, await context.newCDPSession(page));
  }

  call<Method extends keyof LibraryApi>(
    method: Method,
    ...args: Parameters<LibraryApi[Method]>
  ): Promise<Answer<Method>> {
    const answer = this.page.evaluate(([name, given]) => (globalThis as unknown as InPage).callLibrary(name, given), [
      method,
      args,
    ] as [string, unknown[]]);
    return orLost(method, answer as Promise<Answer<Method>>);
  }

  importTexts(texts: { path: string; text: string }[], source: string): Promise<Answer<'importFiles'>> {
    const answer = this.page.evaluate(([given, name]) => (globalThis as unknown as InPage).importTexts(given, name), [
      texts,
      source,
    ] as const);
    return orLost('importFiles', answer);
  }

  status(): Promise<LibraryStatus> {
    return this.call('status');
  }

  /**
   * As a system does with a tab that was hidden for long: neither page nor worker says a word for so many milliseconds.
   * Chromium's own freezing, which is asked for too, lets the worker and the channels go on, so the worker's thread is stopped
   * wherever it is at that moment, and what the page would say is dropped. Resolves when both have stopped, with
   * the time of this process at which the worker had.
   */
  async freeze(ms: number): Promise<Stopped & { at: number }> {
    this.frozen = true;
    const stopping = this.page.evaluate((time) => (globalThis as unknown as InPage).stop(time), ms);
    const stopped = await orLost('being stopped', stopping);
    const at = performance.now();
    await this.#devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
    setTimeout(() => void this.#thaw(), ms);
    return { ...stopped, at };
  }

  async #thaw(): Promise<void> {
    // A page that was closed meanwhile has nothing to thaw.
    await this.#devtools.send('Page.setWebLifecycleState', { state: 'active' }).catch(() => undefined);
    await this.page.bringToFront().catch(() => undefined);
    this.frozen = false;
  }

  async close(): Promise<void> {
    await this.page.close();
  }

  /** What the database says of its writes, in their order. */
  writes(): Promise<WriteRecord[]> {
    return this.page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const opening = indexedDB.open('kindred');
          opening.onerror = () => reject(new Error('The database did not open'));
          opening.onsuccess = () => {
            const database = opening.result;
            const reading = database.transaction('record').objectStore('record').getAll();
            reading.onerror = () => reject(new Error('The record could not be read'));
            reading.onsuccess = () => {
              database.close();
              resolve(reading.result as WriteRecord[]);
            };
          };
        }),
    );
  }
}
