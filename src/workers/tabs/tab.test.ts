// Several tabs over one library: who does the work, and what becomes of requests when that tab is gone or stopped.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { draftId } from '../../core/draft.ts';
import type { LibraryStatus } from '../../core/libraryApi.ts';
import { World, type WorldTab } from '../../testing/tabWorld.ts';
import { draft, files, leaders, openTabs, pass, titles, within } from '../../testing/tabWorldTime.ts';
import { LEADER_LOCK, TAKEOVER_LOCK } from './platform.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

/** Within which another tab answers for one that was frozen, where opening takes no time. */
const SOON_MS = 1_500;

describe('several tabs', () => {
  test('one of them does the work, and all answer alike', async () => {
    const world = new World();
    const tabs = await openTabs(world, 4);
    expect(leaders(world)).toHaveLength(1);
    await within(500, tabs[2]!.library.importFiles(files('a', 'b', 'c'), { source: 's' }));
    for (const tab of tabs) expect((await within(500, titles(tab.library))).value).toEqual(['a', 'b', 'c']);
    expect(new Set(world.disk.log.map(({ tab }) => tab)).size).toBe(1);
  });

  test('each says which one does the work, why, and how many there are', async () => {
    const world = new World();
    const [first, second] = await openTabs(world, 2);
    const status = async (tab: WorldTab | undefined) => (await within(500, tab!.library.status())).value.tabs;
    expect(await status(first)).toMatchObject({ here: true, why: 'first', open: 2 });
    expect(await status(second)).toMatchObject({ here: false, why: 'first', open: 2 });
    first?.kill();
    await pass(50);
    expect(await status(second)).toMatchObject({ here: true, why: 'closed', open: 1 });
  });

  test('a change in one is told to all that watch', async () => {
    const world = new World();
    const tabs = await openTabs(world, 3);
    const seen = tabs.map(({ library }) => {
      const heard: LibraryStatus[] = [];
      void library.watchStatus((next) => heard.push(next), { signal: new AbortController().signal });
      return heard;
    });
    await pass(50);
    const counts = (kind: 'posts' | 'drafts') => seen.map((heard) => heard.at(-1)?.tabs.changes[kind]);
    const [before, drafts] = [counts('posts'), counts('drafts')];
    await within(500, tabs[1]!.library.importFiles(files('a'), { source: 's' }));
    await pass(10);
    counts('posts').forEach((count, index) => expect(count).toBeGreaterThan(before[index]!));
    expect(counts('drafts')).toEqual(drafts);
  });

  test('a new one goes to the tab that is there, and an old browser’s tab stays alone', async () => {
    const world = new World();
    await openTabs(world, 1);
    await pass(60_000);
    const [late] = await openTabs(world, 1);
    expect((await within(500, late!.library.status())).value.tabs.here).toBe(false);
  });
});

describe('when the tab that does the work is gone', () => {
  test('an import that it was doing is finished by the next, once, and reported whole', async () => {
    const world = new World();
    const [first, second, third] = await openTabs(world, 3);
    const names = Array.from({ length: 20 }, (_, n) => `p${n}`);
    const report = second!.library.importFiles(files(...names), { source: 's' });
    await pass(40);
    expect(world.disk.posts.size).toBeGreaterThan(0);
    expect(world.disk.posts.size).toBeLessThan(20);
    first!.kill();
    const { value, ms } = await within(2_000, report);
    expect(value.added).toHaveLength(20);
    expect(ms).toBeLessThan(300);
    expect((await within(500, titles(third!.library))).value).toHaveLength(20);
  });

  test('a cancelled import is cancelled again where it is sent again', async () => {
    const world = new World();
    const [first, second] = await openTabs(world, 2);
    const report = second!.library.importFiles(files('a', 'b', 'c', 'd', 'e', 'f'), { source: 's' });
    await pass(12);
    first!.freeze();
    const cancel = second!.library.cancelImport();
    const { value } = await within(3_000, report);
    expect(value.cancelled).toBe(true);
    expect(value.added.length).toBeLessThan(6);
    await cancel;
  });

  test.each([1, 2, 4])('one that froze is replaced within two seconds, with %i waiting', async (others) => {
    const world = new World();
    const [first, ...rest] = await openTabs(world, 1 + others);
    await within(500, first!.library.saveDraft(draft('before')));
    first!.freeze();
    const answers = await Promise.all(rest.map(({ library }) => within(2_000, titles(library))));
    expect(answers).toHaveLength(others);
    expect(leaders(world)).toHaveLength(1);
    await within(2_000, rest[0]!.library.saveDraft(draft('after')));
    first!.thaw();
    await pass(500);
    // What it is asked now goes to the one that has taken over.
    expect((await within(500, first!.library.listDrafts())).value.map(({ body }) => body)).toEqual(['after']);
    expect((await within(500, first!.library.status())).value.tabs).toMatchObject({ here: false, why: 'stopped' });
    expect(leaders(world)).toHaveLength(1);
  });

  test('one that froze in the middle of a write does not finish it after it was replaced', async () => {
    const world = new World();
    const [first, second] = await openTabs(world, 2);
    await within(500, first!.library.status());
    const late = first!.library.saveDraft(draft('late'));
    late.catch(() => undefined);
    await pass(8);
    first!.freeze();
    await within(2_000, second!.library.saveDraft({ ...draft('new'), id: draftId('other') }));
    first!.thaw();
    await within(2_000, late);
    const numbers = world.disk.log.map(({ writer }) => writer);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect([...world.disk.drafts.keys()].sort()).toEqual(['d', 'other']);
  });

  test('a new tab finds a frozen one that never answered it, and takes over', async () => {
    const world = new World();
    const [first] = await openTabs(world, 1);
    first!.freeze();
    const late = world.open();
    expect((await within(2_000, late.library.status())).value.tabs).toMatchObject({ here: true });
  });

  test('its turn comes to a frozen tab first, and the others do not wait for that', async () => {
    const world = new World();
    const [first, second, ...rest] = await openTabs(world, 4);
    second!.freeze();
    first!.kill();
    expect(world.locks.holders(LEADER_LOCK)).toEqual([second]);
    await Promise.all(rest.map(({ library }) => within(SOON_MS, titles(library))));
    expect(leaders(world)).toHaveLength(1);
  });

  test('one that takes over and freezes at once is replaced as soon as any other', async () => {
    const world = new World();
    const [first, ...rest] = await openTabs(world, 4);
    await within(500, first!.library.status());
    first!.freeze();
    await within(SOON_MS, titles(rest[0]!.library));
    const [taker] = leaders(world);
    taker!.freeze();
    const others = rest.filter((tab) => tab !== taker);
    await Promise.all(others.map(({ library }) => within(SOON_MS, titles(library))));
  });

  test.each([
    ['to take over', TAKEOVER_LOCK],
    ['the library', LEADER_LOCK],
  ])('one that freezes when it is given the lock %s holds up the others for a moment only', async (_what, lock) => {
    const world = new World();
    const [first, ...rest] = await openTabs(world, 4);
    await within(500, first!.library.status());
    first!.freeze();
    let taker: WorldTab | null = null;
    let frozenAt = 0;
    world.locks.onGrant = (name, tab) => {
      if (taker !== null || !name.startsWith(lock)) return;
      taker = tab;
      frozenAt = Date.now();
      tab.freeze();
    };
    const answers = rest.map(({ library }) => titles(library).then(() => Date.now()));
    await pass(4_000);
    expect(taker).not.toBeNull();
    const at = await Promise.all(answers.filter((_, nth) => rest[nth] !== taker));
    for (const answered of at) expect(answered - frozenAt).toBeLessThan(SOON_MS);
    expect(leaders(world)).toHaveLength(1);
  });

  test.each([
    ['both', true],
    ['the second', false],
  ])(
    'a tab that was frozen while its turn came and went, and hears of %s, leaves the library to the one that has it',
    async (_what, both) => {
      const world = new World();
      world.locks.tellsOfBoth = both;
      const [first, second, third, fourth] = await openTabs(world, 4);
      second!.freeze();
      first!.kill();
      await within(SOON_MS, titles(third!.library));
      const before = leaders(world);
      const { writer } = world.disk;
      second!.thaw();
      await pass(500);
      for (const tab of [second, third, fourth]) await within(500, titles(tab!.library));
      expect(leaders(world)).toEqual(before);
      expect(world.disk.writer).toBe(writer);
      // And it stands in line again.
      for (const tab of [third, fourth]) tab!.kill();
      expect((await within(500, second!.library.status())).value.tabs).toMatchObject({ here: true, why: 'closed' });
    },
  );

  test('one that is busy while its page answers is left alone', async () => {
    const world = new World();
    const [first, second] = await openTabs(world, 2);
    // The page of the first: a context of its own, which goes on.
    const endPage = world.answerAsPageOf(first!);
    first!.freeze();
    const answer = titles(second!.library);
    await pass(5_000);
    expect(world.locks.holders(LEADER_LOCK)).toEqual([first]);
    first!.thaw();
    await within(500, answer);
    endPage();
  });

  test('one whose page stops answering too is taken over soon after', async () => {
    const world = new World();
    const [first, second] = await openTabs(world, 2);
    const endPage = world.answerAsPageOf(first!);
    first!.freeze();
    const answer = within(5_000, second!.library.status());
    setTimeout(endPage, 1_000);
    const { value, ms } = await answer;
    expect(value.tabs).toMatchObject({ here: true, why: 'stopped' });
    expect(ms).toBeGreaterThan(1_000);
    expect(ms).toBeLessThan(1_000 + 1_500);
  });

  test('a page does not answer for the one that has taken over from its worker', async () => {
    const world = new World();
    const [first, second, third] = await openTabs(world, 3);
    const endPage = world.answerAsPageOf(first!);
    first!.kill();
    await pass(50);
    const next = [second!, third!].find(({ leads }) => leads)!;
    const other = next === second ? third! : second!;
    next.freeze();
    expect((await within(2_000, other.library.status())).value.tabs.here).toBe(true);
    endPage();
  });

  test('nobody is asked all the time when nothing is awaited', async () => {
    const world = new World();
    await openTabs(world, 5);
    await pass(1_000);
    const before = world.messages;
    await pass(60_000);
    // Five tabs: one question and one answer each five seconds, and signs of life.
    expect(world.messages - before).toBeLessThan((60_000 / 5_000) * 2 * 5 * 2);
  });
});

describe('tabs of different versions', () => {
  test('the one that was loaded last gets the library, and the others say why they stop', async () => {
    const world = new World();
    const [first, second] = await openTabs(world, 2);
    const newer = world.open({ build: 'two' });
    await pass(200);
    expect((await within(500, newer.library.status())).value.tabs.here).toBe(true);
    for (const old of [first!, second!])
      await expect(within(500, old.library.status())).rejects.toMatchObject({ code: 'tab-outdated' });
  });

  test('one with an older database does not get it, however late it comes', async () => {
    const world = new World();
    const first = world.open({ schema: 2 });
    await pass(50);
    const older = world.open({ build: 'old', schema: 1 });
    await pass(200);
    await expect(within(500, older.library.status())).rejects.toMatchObject({ code: 'tab-outdated' });
    expect((await within(500, first.library.status())).value.tabs.here).toBe(true);
  });
});
