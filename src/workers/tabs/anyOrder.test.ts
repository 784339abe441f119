// Whatever happens to tabs, and in whatever order.
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { postId } from '../../core/post.ts';
import { World, type WorldTab } from '../../testing/tabWorld.ts';
import { everything, files, leaders, pass, titles, within } from '../../testing/tabWorldTime.ts';
import { LEADER_LOCK } from './platform.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

const tab = fc.nat({ max: 4 });
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constantFrom('open', 'close', 'freeze', 'thaw', 'list'), tab }),
    fc.record({ kind: fc.constantFrom('import', 'import', 'remove'), tab, count: fc.integer({ min: 1, max: 9 }) }),
    fc.record({
      kind: fc.constant('wait'),
      ms: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1_000, max: 1_800 })),
    }),
  ),
  { minLength: 5, maxLength: 60 },
);

test('whatever happens to tabs, one writes at a time, nothing is lost and nothing is done twice', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.infiniteStream(fc.boolean()), async (plan, coins) => {
      vi.setSystemTime(1_000_000);
      const world = new World(() => coins.next().value as boolean);
      world.locks.tellsOfBoth = coins.next().value as boolean;
      const asked: { tab: WorldTab; what: string; done: Promise<unknown>; settled: boolean }[] = [];
      const removed = new Set<string>();
      const acknowledged = new Set<string>();
      let names = 0;
      const note = (on: WorldTab, what: string, call: Promise<unknown>): void => {
        const entry = { tab: on, what, settled: false, done: call };
        entry.done = call.finally(() => (entry.settled = true));
        entry.done.catch(() => undefined);
        asked.push(entry);
      };
      const pick = (at: number): WorldTab | undefined => {
        const there = world.tabs.filter(({ state }) => state !== 'dead');
        return there[at % Math.max(1, there.length)];
      };
      world.open();
      for (const step of plan) {
        await pass(7);
        if (step.kind === 'wait') {
          await pass(step.ms);
          continue;
        }
        const chosen = pick(step.tab);
        if (step.kind === 'open' && world.tabs.filter(({ state }) => state !== 'dead').length < 5) world.open();
        if (chosen === undefined) continue;
        if (step.kind === 'close') chosen.kill();
        if (step.kind === 'freeze') chosen.freeze();
        if (step.kind === 'thaw') chosen.thaw();
        if (chosen.state !== 'open') continue;
        if (step.kind === 'list') note(chosen, 'list', chosen.library.listPosts(everything));
        if (step.kind === 'import') {
          const mine = Array.from({ length: step.count }, () => `p${++names}`);
          const report = chosen.library.importFiles(files(...mine), { source: 's' }).then(({ added }) => {
            expect([...added].sort()).toEqual([...mine].sort());
            for (const name of mine) acknowledged.add(name);
          });
          note(chosen, `import ${mine.join()}`, report);
        }
        if (step.kind === 'remove') {
          const gone = [...acknowledged].slice(0, step.count).filter((name) => !removed.has(name));
          for (const name of gone) removed.add(name);
          const removal = chosen.library.removePosts(gone.map(postId)).then(({ count }) => {
            expect(count).toBe(gone.length);
          });
          note(chosen, `remove ${gone.join()}`, removal);
        }
      }
      for (const one of world.tabs) one.thaw();
      if (world.living.length === 0) world.open();
      await pass(6_000);
      for (const { tab: on, what, done, settled } of asked) {
        if (on.state === 'dead') continue;
        expect(settled ? '' : `${on.id} still waits for ${what}`).toBe('');
        await done;
      }
      const numbers = world.disk.log.map(({ writer }) => writer);
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
      for (const times of world.disk.posts.values()) expect(times).toBe(1);
      // A removal that was asked by a tab that is gone may have been done or not.
      const there = [...acknowledged].filter((name) => !removed.has(name));
      for (const one of world.living) {
        const { value } = await within(1_000, titles(one.library));
        expect(value).toEqual(expect.arrayContaining(there));
        expect(value).toEqual([...world.disk.posts.keys()].sort());
      }
      expect(leaders(world)).toHaveLength(1);
      expect(world.locks.holders(LEADER_LOCK)).toEqual(leaders(world));
      for (const one of world.tabs) if (one.state !== 'dead') one.kill();
      vi.clearAllTimers();
    }),
    { numRuns: 300 },
  );
}, 120_000);
