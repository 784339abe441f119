// One profile of a browser that comes for the first time, again, and again without a network; and one that comes for the first
// time to a page whose worker asks for the model by itself.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { launchOptions } from '../../scripts/browser.js';
import type { Sent, StaticHost } from '../../scripts/staticHost.ts';
import { text } from '../../src/ui/text.ts';

export const VISITS = ['first', 'late', 'second', 'offline'] as const;
export type VisitName = (typeof VISITS)[number];

export const TIMES = ['fetch', 'verify', 'instantiate', 'create', 'firstRun', 'warmMedian'] as const;
export const KINDS = ['page', 'runtime', 'model', 'demo'] as const;
export type Kind = (typeof KINDS)[number];

export interface Visit {
  /** Milliseconds of the model's start, as Status shows them. */
  start: Record<(typeof TIMES)[number], number>;
  /** Milliseconds from the navigation to the first suggestion by words, and by meaning. */
  lexical: number;
  semantic: number;
  /** From the request for the page to that for the model; null where none was made. */
  modelAsked: number | null;
  /** Bytes of bodies over the network, until the model was ready and the page kept. */
  bytes: Record<Kind, number>;
}

/** A model may take this long on a crowded machine. */
const PATIENCE_MS = 300_000;

/** `early` says whether the host gives the script that asks for the model beside the page's own. */
export async function visitAll(
  host: StaticHost,
  settleMs: number,
  early: (given: boolean) => void,
): Promise<Record<VisitName, Visit>> {
  early(false);
  const late = await inNewProfile((profile) => visit(host, profile, 0));
  early(true);
  return inNewProfile(async (profile) => {
    const first = await visit(host, profile, settleMs);
    const second = await visit(host, profile, 0);
    await host.stop();
    const offline = await visit(host, profile, 0);
    await host.start();
    return { first, late, second, offline };
  });
}

async function inNewProfile<Found>(run: (profile: string) => Promise<Found>): Promise<Found> {
  const profile = mkdtempSync(join(tmpdir(), 'kindred-start-'));
  try {
    return await run(profile);
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}

/** A browser of its own for each, so that nothing is left in memory. */
async function visit(host: StaticHost, profile: string, settleMs: number): Promise<Visit> {
  const context = await chromium.launchPersistentContext(profile, launchOptions());
  try {
    const before = host.sent.length;
    const { page, lexical, semantic } = await open(context, host.origin);
    await page.getByRole('navigation').getByRole('link', { name: text.shell.views.status }).click();
    const start = await readStart(page);
    await page.getByText(text.status.offline.states.kept).waitFor({ timeout: PATIENCE_MS });
    await page
      .getByText(text.status.posts.allEmbedded)
      .waitFor({ timeout: Math.max(1, settleMs) })
      .catch(() => undefined);
    const sent = host.sent.slice(before);
    return { start, lexical, semantic, modelAsked: modelAsked(sent), bytes: byKind(sent) };
  } finally {
    await context.close();
  }
}

async function open(
  context: BrowserContext,
  address: string,
): Promise<{ page: Page; lexical: number; semantic: number }> {
  const [page = await context.newPage()] = context.pages();
  await page.addInitScript(watch);
  await page.goto(address);
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    const seen = await page.evaluate(() => (globalThis as { seen?: Partial<Seen> }).seen);
    if (seen?.lexical !== undefined && seen.semantic !== undefined)
      return { page, lexical: seen.lexical, semantic: seen.semantic };
    await page.waitForTimeout(250);
  }
  throw new Error('No suggestion by meaning came.');
}

interface Seen {
  lexical: number;
  semantic: number;
}

/** Runs in the page, before its own script. */
function watch(): void {
  const seen: Partial<Seen> = {};
  Object.assign(globalThis, { seen });
  new MutationObserver(() => {
    const basis = document.querySelector<HTMLElement>('.panel__draft')?.dataset['basis'];
    if (basis === undefined) return;
    seen.lexical ??= performance.now();
    if (basis !== 'words') seen.semantic ??= performance.now();
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-basis'] });
}

async function readStart(page: Page): Promise<Visit['start']> {
  const section = page.getByRole('region', { name: text.status.start.heading });
  await section.waitFor({ timeout: PATIENCE_MS });
  const figures = await section.locator('.figures').allInnerTexts();
  const at = (place: number): number => Number((figures[place] ?? '').replaceAll(',', ''));
  const [fetch, verify, instantiate, create, firstRun, warmMedian] = [at(0), at(1), at(2), at(3), at(4), at(5)];
  return { fetch, verify, instantiate, create, firstRun, warmMedian };
}

/** Of the network, which is all but a little of it. */
export function modelAsked(sent: readonly Sent[]): number | null {
  const page = sent.find(({ path }) => path === 'index.html');
  const model = sent.find(({ path }) => path.endsWith('.onnx'));
  return page === undefined || model === undefined ? null : model.at - page.at;
}

export function kindOf(path: string): Kind {
  if (path.startsWith('models/')) return 'model';
  if (path.startsWith('demo/')) return 'demo';
  return /^assets\/ort[.-]/.test(path) ? 'runtime' : 'page';
}

export function byKind(sent: readonly Sent[]): Record<Kind, number> {
  const bytes: Record<Kind, number> = { page: 0, runtime: 0, model: 0, demo: 0 };
  for (const one of sent) bytes[kindOf(one.path)] += one.bytes;
  return bytes;
}
