// Somebody types into the built page: bursts of keys, pauses between them, and what the page noted of each pause.
import type { Page } from 'playwright';
import { text } from '../../src/ui/text.ts';
import { randomOf } from '../random.ts';
import { watch, type Asked, type Notes } from './watch.ts';

/** Between two keys, in milliseconds. */
const KEY_MS = { least: 45, most: 130 };
/** Keys between two pauses. */
const BURST = { least: 8, most: 24 };
/** A panel that has not moved for so long is at rest. */
const REST_MS = 600;
/** An answer may take this long on a crowded machine. */
const PATIENCE_MS = 60_000;
/** Pauses that warm everything up. */
const WARM_UP = 3;

/** One pause. Times in milliseconds. */
export interface Pause {
  /** From the last key to the question. */
  waited: number;
  /** From the question to the panel at rest, embedding included. */
  whole: number;
  embedding: number;
}

export interface TypingReport {
  pauses: Pause[];
  /** Of the page's thread, above 50 ms, while it was typed. */
  longTasks: number[];
  longestKeyMs: number;
  /** Questions asked in all, those that a further key made vain among them. */
  questions: number;
}

/** To be called before the page is opened. */
export async function watchPage(page: Page): Promise<void> {
  // The loader of TypeScript names functions by a helper that the page does not have.
  await page.addInitScript({ content: `globalThis.__name ??= (named) => named; (${watch.toString()})();` });
}

/** Opens the page and waits until every passage has a vector. `patienceMs` for reading the posts. */
export async function openRead(page: Page, address: string, patienceMs: number): Promise<void> {
  await page.goto(`${address}/#/status`);
  await page.getByText(text.status.posts.allEmbedded).waitFor({ timeout: patienceMs });
  await page.getByText(text.model.states.ready).waitFor({ timeout: patienceMs });
  await page.getByRole('navigation').getByRole('link', { name: text.shell.views.write }).click();
  // The editor's own code comes after the page's.
  await page.locator('.cm-content').waitFor();
}

/** Types `prose` at the end of the open draft, in as many bursts. */
export async function typeOn(page: Page, prose: string, pauses: number, seed: number): Promise<TypingReport> {
  const random = randomOf(seed);
  const between = ({ least, most }: { least: number; most: number }): number => least + random() * (most - least);
  // Of other characters there is no key to press.
  const typeable = prose.replace(/[^ -~\n]/g, '');
  const found: Pause[] = [];
  let at = 0;
  let since = 0;
  let before = 0;
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+End');
  for (let pause = 0; pause < pauses + WARM_UP; pause++) {
    if (pause === WARM_UP) {
      since = await page.evaluate(() => performance.now());
      before = (await readNotes(page)).questions.length;
    }
    for (let keys = Math.round(between(BURST)); keys > 0; keys--) {
      await page.keyboard.type(typeable[at++ % typeable.length] ?? ' ');
      if (keys > 1) await page.waitForTimeout(between(KEY_MS));
    }
    const { question, notes } = await rest(page);
    if (pause < WARM_UP) continue;
    const { key, asked, embeddingMs } = question;
    found.push({ waited: asked - key, whole: notes.settled - asked, embedding: embeddingMs ?? 0 });
  }
  const { questions, longTasks, longestKeyMs } = await readNotes(page);
  return {
    pauses: found,
    longTasks: longTasks.filter((task) => task.at >= since).map(({ ms }) => ms),
    longestKeyMs,
    questions: questions.length - before,
  };
}

const readNotes = (page: Page): Promise<Notes> =>
  page.evaluate(() => (globalThis as unknown as { panelNotes: Notes }).panelNotes);

/** Waits for the answer to what was typed last, and until the panel rests. Asks seldom, as asking costs the page time. */
async function rest(page: Page): Promise<{ question: Asked; notes: Notes }> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    await page.waitForTimeout(REST_MS);
    const notes = await readNotes(page);
    const now = await page.evaluate(() => performance.now());
    const question = notes.questions.at(-1);
    const answered = question?.key === notes.key ? question.answered : null;
    if (question === undefined || answered === null || now - notes.settled <= REST_MS / 2) continue;
    if (notes.settled >= answered) return { question, notes };
  }
  throw new Error('What was typed was not answered within a minute.');
}
