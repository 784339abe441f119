// Two to five tabs, opened, closed, frozen and used at random: whether one writes at a time, all answer alike and nothing is lost.
import type { BrowserContext } from '@playwright/test';
import { randomOf } from '../../bench/random.ts';
import { TabPage, withSharedLibrary } from '../support/tabPage.ts';
import { foreignWrites, percentile, type Ending, type SoakReport } from './report.ts';

export interface SoakOptions {
  context: BrowserContext;
  /** Of the page. */
  address: string;
  minutes: number;
  seed: number;
  log?: (line: string) => void;
}

const MOST_TABS = 5;
/** So often at most, where tabs answer differently. */
const ASKED_AGAIN = 8;
const WORDS = 'water time work people house school world night church city family music book film town river'.split(
  ' ',
);
const everything = { search: '', sort: 'title', descending: false } as const;
/** Done first, so that a short run has done each at least once. */
const FIRST = [
  'import',
  'save',
  'open',
  'close the leader',
  'import more',
  'freeze the leader',
  'search',
  'remove',
  'compare',
];
/** After it, nobody has taken over. */
const LOST_MS = 60_000;
/** A tab stays frozen for at most this long, and one that did the work for at least as long as it takes to replace it. */
const LONGEST_FREEZE_MS = 9_000;
const SHORTEST_FREEZE_MS = 5_000;

export async function soak({
  context,
  address,
  minutes,
  seed,
  log = () => undefined,
}: SoakOptions): Promise<SoakReport> {
  await withSharedLibrary(context);
  const random = randomOf(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const report: SoakReport = {
    seed,
    rounds: 0,
    steps: {},
    posts: 0,
    problems: [],
    handovers: { closed: [], frozen: [] },
    writes: 0,
    writers: 0,
    compared: 0,
  };
  const tabs: TabPage[] = [];
  const posts = new Map<string, string>();
  const running = new Set<Promise<void>>();
  let made = 0;
  let saved: string | null = null;

  const awake = (): TabPage[] => tabs.filter(({ frozen }) => !frozen);
  const problem = (what: string): void => {
    report.problems.push(what);
    log(`PROBLEM ${what}`);
  };

  async function open(): Promise<void> {
    const tab = await TabPage.open(context, address);
    await tab.status();
    tabs.push(tab);
  }

  async function leader(): Promise<TabPage | undefined> {
    for (const tab of awake()) if ((await tab.status()).tabs.here) return tab;
    return undefined;
  }

  /** A request under way while other things happen; what dies with its tab is not awaited. */
  function meanwhile(tab: TabPage, what: string, work: () => Promise<void>): void {
    const done: Promise<void> = work()
      .catch((error: unknown) => {
        if (!tab.page.isClosed()) problem(`${what} failed: ${String(error)}`);
      })
      .finally(() => running.delete(done));
    running.add(done);
  }

  function importSome(tab: TabPage): void {
    const texts = Array.from({ length: 1 + below(20) }, () => {
      const title = `${pick(WORDS)} and ${pick(WORDS)} ${++made}`;
      const body = Array.from({ length: 4 }, () => `The ${pick(WORDS)} of the ${pick(WORDS)} was ${pick(WORDS)}.`);
      return { path: `p${made}.md`, text: `---\ntitle: ${title}\n---\n\n${body.join(' ')}\n`, title };
    });
    meanwhile(tab, `an import of ${texts.length} posts`, async () => {
      const { added, issues } = await tab.importTexts(texts, 'soak');
      if (added.length !== texts.length || issues.length > 0)
        problem(`an import of ${texts.length} posts reports ${added.length} added and ${issues.length} issues`);
      for (const [index, { title }] of texts.entries()) posts.set(title, added[index]!);
    });
  }

  /** Takes the tab that does the work away; how long until another does. */
  async function handOver(how: Ending): Promise<void> {
    const gone = await leader();
    const others = awake().filter((tab) => tab !== gone);
    if (gone === undefined || others.length === 0) return;
    let started = performance.now();
    if (how === 'closed') {
      tabs.splice(tabs.indexOf(gone), 1);
      void gone.close();
    } else {
      const { open, at } = await gone.freeze(SHORTEST_FREEZE_MS + below(LONGEST_FREEZE_MS - SHORTEST_FREEZE_MS));
      if (open.length > 0) problem(`a tab was frozen with a transaction open: ${open.join('; ')}`);
      started = at;
    }
    const over = new AbortController();
    const late = setTimeout(() => over.abort(), LOST_MS);
    const watch = async (tab: TabPage): Promise<void> => {
      while (!over.signal.aborted) {
        if ((await tab.status()).tabs.here) over.abort();
        else await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    const watched = new Map<TabPage, Promise<void>>();
    // A tab that thaws meanwhile may have been next.
    while (!over.signal.aborted) {
      for (const tab of awake()) if (tab !== gone && !watched.has(tab)) watched.set(tab, watch(tab));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await Promise.all(watched.values());
    clearTimeout(late);
    const ms = performance.now() - started;
    if (ms >= LOST_MS) problem(`nobody took over from a tab that was ${how}`);
    report.handovers[how].push(ms);
    log(`${how}: ${ms.toFixed(0)} ms`);
  }

  async function compare(): Promise<void> {
    await Promise.all(running);
    const list = awake();
    const question = {
      title: `${pick(WORDS)} and ${pick(WORDS)}`,
      body: '',
      caret: null,
      ownPost: null,
      amount: 'more' as const,
      only: { kind: null, source: null, tag: null, since: null },
    };
    const answers = async () => {
      const found = [];
      for (const tab of list) {
        const { draft } = await tab.call('suggest', question, { asker: 'soak' });
        const titles = (await tab.call('listPosts', everything)).map(({ title }) => title);
        const drafts = (await tab.call('listDrafts')).map(({ id, body }) => [id, body]).sort();
        found.push({ titles, drafts, suggested: draft.map(({ post, strength }) => [post, strength]) });
      }
      return found;
    };
    const areAlike = (all: readonly object[]): boolean => new Set(all.map((one) => JSON.stringify(one))).size === 1;
    report.compared++;
    // Between two answers the model may have become ready, or read another post: such a difference passes.
    let found = await answers();
    for (let left = ASKED_AGAIN; left > 0 && !areAlike(found); left--) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      found = await answers();
    }
    if (!areAlike(found)) problem(`two tabs answer differently: ${JSON.stringify(found)}`);
    const [first] = found;
    const there = new Set(first?.titles);
    for (const title of posts.keys()) if (!there.has(title)) problem(`the post ${title} is lost`);
    if (saved !== null && first?.drafts.some(([, body]) => body === saved) !== true) problem('a saved draft is lost');
  }

  const steps: Record<string, () => Promise<void>> = {
    open: async () => {
      if (tabs.length < MOST_TABS) await open();
    },
    'close the leader': async () => handOver('closed'),
    'freeze the leader': async () => handOver('frozen'),
    close: async () => {
      const others = awake();
      if (others.length < 3) return;
      const gone = pick(others);
      tabs.splice(tabs.indexOf(gone), 1);
      await gone.close();
    },
    freeze: async () => {
      if (awake().length < 2) return;
      await pick(awake()).freeze(1 + below(LONGEST_FREEZE_MS));
    },
    import: async () => importSome(pick(awake())),
    'import more': async () => importSome(pick(awake())),
    remove: async () => {
      const [title, id] = pick<[string, string]>([...posts, ['', '']]);
      const tab = pick(awake());
      if (title === '') return;
      posts.delete(title);
      meanwhile(tab, `the removal of ${title}`, async () => {
        const { count } = await tab.call('removePosts', [id as never]);
        if (count !== 1) problem(`the removal of ${title} took out ${count}`);
      });
    },
    search: async () => {
      const tab = pick(awake());
      meanwhile(tab, 'a search', async () => {
        await tab.call('listPosts', { ...everything, search: pick(WORDS) });
      });
    },
    save: async () => {
      const tab = pick(awake());
      const body = `Draft ${++made}`;
      await tab.call('saveDraft', { id: 'soak' as never, title: 'Soak', body, createdAt: 1, updatedAt: Date.now() });
      saved = body;
    },
    compare,
  };

  const ends = performance.now() + minutes * 60_000;
  await open();
  await open();
  const first = [...FIRST];
  while (first.length > 0 || performance.now() < ends) {
    const name = first.shift() ?? pick(Object.keys(steps));
    log(`${((ends - performance.now()) / 1000).toFixed(0)} s left: ${name}, ${awake().length} of ${tabs.length} awake`);
    report.rounds++;
    report.steps[name] = (report.steps[name] ?? 0) + 1;
    await steps[name]?.().catch((error: unknown) => problem(`${name} failed: ${String(error)}`));
    while (tabs.length < 2) await open();
    // The last one that is awake is never frozen, but one that was may still be asleep.
    while (awake().length === 0) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  log(`waiting for ${running.size} calls and ${tabs.length - awake().length} frozen tabs`);
  await Promise.all(running);
  while (tabs.some(({ frozen }) => frozen)) await new Promise((resolve) => setTimeout(resolve, 100));
  await compare();
  log('looking at what was written');
  report.posts = posts.size;
  const records = await (await TabPage.open(context, address)).writes();
  report.writes = records.length;
  report.writers = records.filter(({ takes }) => takes).length;
  report.problems.push(...foreignWrites(records));
  for (const tab of tabs) await tab.close();
  log(`p95 ${percentile([...report.handovers.closed, ...report.handovers.frozen], 0.95).toFixed(0)} ms`);
  return report;
}
