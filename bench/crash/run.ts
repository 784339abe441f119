// One interruption: something is begun, killed at a random moment, started again and checked.
import type { Page } from 'playwright';
import type { BrowserProcess } from './browserProcess.ts';
import type { Ledger } from './ledger.ts';

export const ACTIONS = ['import', 'update', 'delete', 'migration', 'switch', 'merge', 'replace'] as const;
export const KILLS = ['page', 'worker', 'browser'] as const;
export type Action = (typeof ACTIONS)[number];
export type Kill = (typeof KILLS)[number];

export interface RunOptions {
  browser: BrowserProcess;
  ledger: Ledger;
  /** Of the page that the library runs in. */
  address: string;
  random: () => number;
}

export interface Outcome {
  action: Action;
  kill: Kill;
  afterMs: number;
  /** Whether the action was acknowledged before it was killed. */
  acknowledged: boolean;
  faults: string[];
}

/** Posts that come with one import. */
const IMPORTED = 40;
/** Posts of which the library is kept below. */
const MOST_POSTS = 160;
/** Longest time before the kill, in milliseconds: an action and the embedding after it take about so long. */
const LONGEST_MS = {
  import: 1500,
  update: 1500,
  delete: 600,
  migration: 1200,
  switch: 2500,
  merge: 1500,
  replace: 1500,
};
/** Posts that are changed, taken out and added between a backup and its restore. */
const CHANGED = 12;
/** The page goes either way. */
const CLOSING_MS = 20_000;
const ANSWER_MS = 3_000;
/** Posts that are searched for after each interruption. */
const SEARCHED = 8;

export async function openPage(browser: BrowserProcess, address: string): Promise<Page> {
  if (!browser.running) await browser.start();
  const page = await browser.newPage();
  await page.goto(address);
  await page.waitForFunction(() => 'crashPage' in window, undefined, { timeout: 120_000 });
  return page;
}

export async function interrupt({ browser, ledger, address, random }: RunOptions): Promise<Outcome> {
  const some = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const sample = (count: number): number[] =>
    ledger.present
      .map((n) => ({ n, at: random() }))
      .sort((a, b) => a.at - b.at)
      .slice(0, count)
      .map(({ n }) => n);
  const { present } = ledger;
  const action = present.length === 0 ? 'import' : present.length > MOST_POSTS ? 'delete' : some(ACTIONS);
  const kill = some(KILLS);
  const isRestore = action === 'merge' || action === 'replace';
  let changes = changesOf(action);
  const afterMs = Math.floor(random() * LONGEST_MS[action]);

  function newPosts(count: number): Map<number, number | null> {
    const next = Math.max(0, ...present) + 1000 * Math.ceil(random() * 1000);
    return new Map(Array.from({ length: count }, (_, index) => [next + index, 1]));
  }

  function changesOf(what: Action): Map<number, number | null> {
    if (what === 'import') return newPosts(IMPORTED);
    if (what === 'update') return new Map(sample(IMPORTED).map((n) => [n, ledger.versionOf(n) + 1]));
    if (what === 'delete') return new Map(sample(Math.ceil(random() * IMPORTED)).map((n) => [n, null]));
    return new Map();
  }

  /** Makes a backup and then changes the library; gives what restoring the one does to the other. */
  async function changesBack(page: Page, mode: 'merge' | 'replace'): Promise<Map<number, number | null>> {
    await page.evaluate(() => window.crashPage.backUp());
    const chosen = sample(2 * CHANGED).map((n) => [n, ledger.versionOf(n)] as const);
    const [updated, removed] = [chosen.slice(0, CHANGED), chosen.slice(CHANGED)];
    const added = newPosts(CHANGED);
    const before = new Map<number, number | null>([
      ...updated.map(([n, version]) => [n, version + 1] as const),
      ...removed.map(([n]) => [n, null] as const),
      ...added,
    ]);
    ledger.begin(before);
    await act(page, 'update', new Map([...before].filter(([, version]) => version !== null)));
    await act(page, 'delete', new Map(removed));
    ledger.acknowledge(before);
    // What was changed since is newer, and so stays when both are joined.
    if (mode === 'merge') return new Map(removed);
    return new Map<number, number | null>([...chosen, ...[...added.keys()].map((n) => [n, null] as const)]);
  }

  const page = await openPage(browser, address);
  if (action === 'migration') await page.evaluate(() => window.crashPage.makeEarlier());
  else await page.evaluate(() => window.crashPage.start());
  if (isRestore) changes = await changesBack(page, action);
  let acknowledged = false;
  ledger.begin(changes, { whole: isRestore });
  const acting = act(page, action, changes).then(
    () => {
      acknowledged = true;
      ledger.acknowledge(changes);
    },
    // It was killed on the way: any other failure shows when the library is looked at.
    () => undefined,
  );
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  const done = acknowledged;
  await killed(browser, page, kill);
  await Promise.race([acting, new Promise((resolve) => setTimeout(resolve, 200))]);
  const faults = await check(browser, address, ledger, sample);
  return { action, kill, afterMs, acknowledged: done, faults };
}

async function act(page: Page, action: Action, changes: ReadonlyMap<number, number | null>): Promise<void> {
  if (action === 'switch') return page.evaluate(() => window.crashPage.change());
  if (action === 'migration') return page.evaluate(() => window.crashPage.start());
  if (action === 'merge' || action === 'replace')
    return page.evaluate((mode) => window.crashPage.restore(mode), action);
  if (action === 'delete') return page.evaluate((posts) => window.crashPage.remove(posts), [...changes.keys()]);
  const posts = [...changes].map(([n, version]) => ({ n, version: version ?? 0 }));
  return page.evaluate((all) => window.crashPage.put(all), posts);
}

async function killed(browser: BrowserProcess, page: Page, kill: Kill): Promise<void> {
  if (kill === 'browser') return browser.kill();
  if (kill === 'worker') await page.evaluate(() => window.crashPage.killWorker());
  else {
    const devtools = await page.context().newCDPSession(page);
    // It never answers: the process that would is gone.
    void devtools.send('Page.crash').catch(() => undefined);
    await page.waitForEvent('crash', { timeout: 10_000 }).catch(() => undefined);
  }
  await page.close().catch(() => undefined);
}

/** Opens the library again and looks whether all that was acknowledged is there, can be found, and comes to rest. */
async function check(
  browser: BrowserProcess,
  address: string,
  ledger: Ledger,
  sample: (count: number) => number[],
): Promise<string[]> {
  const page = await openPage(browser, address);
  try {
    await page.evaluate(() => window.crashPage.start());
    const faults = ledger.settle(await page.evaluate(() => window.crashPage.titles()));
    faults.push(...(await page.evaluate(() => window.crashPage.faultsAtRest())));
    const asked = sample(SEARCHED).map((n) => ({ n, version: ledger.versionOf(n) }));
    const missing = await page.evaluate((posts) => window.crashPage.notFound(posts), asked);
    faults.push(...missing.map((title) => `A draft about “${title}” doesn't find it.`));
    const closed = page.evaluate(() => window.crashPage.close()).then(() => true);
    const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), CLOSING_MS));
    if (!(await Promise.race([closed, late]))) {
      const answers = await page.evaluate((ms) => window.crashPage.answers(ms), ANSWER_MS);
      faults.push(
        `The library did not close within ${CLOSING_MS / 1000} s; its worker ${answers ? 'answers' : 'is silent'}.`,
      );
    }
    return faults;
  } finally {
    await page.close();
  }
}
