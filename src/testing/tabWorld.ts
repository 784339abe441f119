// Tabs of one browser for tests: their locks and channels, a database, and what happens to tabs: closed, frozen, thawed. Wants fake timers.
import type { Draft } from '../core/draft.ts';
import type { LibraryApi } from '../core/libraryApi.ts';
import type { PostId } from '../core/post.ts';
import { createTab } from '../workers/tabs/tab.ts';
import { isTabMessage } from '../workers/tabs/messages.ts';
import {
  PAGES_CHANNEL,
  type TabChannel,
  type TabLocks,
  type TabPlatform,
  type TabVersion,
} from '../workers/tabs/platform.ts';
import { diskLibrary } from './diskLibrary.ts';

type Listener = (event: Event) => void;

interface LockRequest {
  tab: WorldTab;
  granted: (lock: object) => Promise<unknown>;
  settle: (outcome: { value: unknown } | { error: Error }) => void;
}

const abortError = (): DOMException => new DOMException('The lock was taken or is not wanted any more.', 'AbortError');

/**
 * Locks as the platform has them: one holder a name, the rest in line, a thief first. A tab that is frozen when it gets a lock, and
 * loses it, hears of both when it thaws, or only that it lost it.
 */
class WorldLocks {
  readonly #held = new Map<string, LockRequest>();
  readonly #queues = new Map<string, LockRequest[]>();
  /** Called when a tab is given a lock, before it knows. */
  onGrant: (name: string, tab: WorldTab) => void = () => undefined;
  tellsOfBoth = true;

  for(tab: WorldTab): TabLocks {
    return {
      holder: (name) => new Promise((resolve) => tab.run(() => resolve(this.#held.get(name)?.tab.id ?? null))),
      request: (name, { signal, ifAvailable = false, steal = false }, held) =>
        new Promise((resolve, reject) => {
          const settle: LockRequest['settle'] = (outcome) =>
            tab.run(() => ('error' in outcome ? reject(outcome.error) : resolve(outcome.value)));
          const request: LockRequest = { tab, granted: held, settle };
          const queue = this.#queues.get(name) ?? [];
          this.#queues.set(name, queue);
          if (steal) {
            this.#held.get(name)?.settle({ error: abortError() });
            this.#grant(name, request);
          } else if (ifAvailable && (this.#held.has(name) || queue.length > 0)) {
            tab.run(() => {
              void held(null).then((value) => settle({ value }));
            });
          } else {
            queue.push(request);
            signal?.addEventListener('abort', () => {
              if (!queue.includes(request)) return;
              queue.splice(queue.indexOf(request), 1);
              settle({ error: abortError() });
            });
            this.#next(name);
          }
        }),
    };
  }

  holders(name: string): WorldTab[] {
    const request = this.#held.get(name);
    return request === undefined ? [] : [request.tab];
  }

  /** The tab is gone: what it held goes to the next in line. */
  forget(tab: WorldTab): void {
    for (const [name, queue] of this.#queues) {
      this.#queues.set(
        name,
        queue.filter((request) => request.tab !== tab),
      );
    }
    for (const [name, request] of [...this.#held]) {
      if (request.tab !== tab) continue;
      this.#held.delete(name);
      this.#next(name);
    }
  }

  #grant(name: string, request: LockRequest): void {
    this.#held.set(name, request);
    this.onGrant(name, request.tab);
    request.tab.run(() => {
      if (!this.tellsOfBoth && this.#held.get(name) !== request) return;
      const done = (outcome: Parameters<LockRequest['settle']>[0]): void => {
        if (this.#held.get(name) !== request) return;
        this.#held.delete(name);
        request.settle(outcome);
        this.#next(name);
      };
      request.granted({ name }).then(
        (value) => done({ value }),
        (error: unknown) => done({ error: error as Error }),
      );
    });
  }

  #next(name: string): void {
    if (this.#held.has(name)) return;
    const request = this.#queues.get(name)?.shift();
    if (request !== undefined) this.#grant(name, request);
  }
}

/** What is on the disk, and every write in the order in which it was done. */
export class WorldDisk {
  readonly posts = new Map<PostId, number>();
  readonly drafts = new Map<string, Draft>();
  readonly requests = new Map<string, PostId[]>();
  readonly removals = new Map<string, PostId[]>();
  readonly log: { writer: number; tab: string }[] = [];
  writer = 0;
}

interface ChannelEnd {
  tab: { run: (task: () => void) => void };
  hear: (data: unknown) => void;
}

class PageTask {
  run(task: () => void): void {
    task();
  }
}

interface Pending {
  due: number;
  run: () => void;
  from: WorldTab;
}

export class World {
  readonly locks = new WorldLocks();
  readonly disk = new WorldDisk();
  readonly channels = new Map<string, Set<ChannelEnd>>();
  readonly tabs: WorldTab[] = [];
  readonly #pending = new Set<Pending>();
  /** Sent so far, by all. */
  messages = 0;
  #count = 0;

  /** `lost` says of each message of a tab that dies whether it is lost on the way. */
  readonly lost: () => boolean;
  constructor(lost: () => boolean = () => false) {
    this.lost = lost;
  }

  open(version: Partial<TabVersion> = {}): WorldTab {
    const tab = new WorldTab(this, `tab-${++this.#count}`, {
      build: 'one',
      schema: 1,
      startedAt: Date.now() + this.#count / 1000,
      ...version,
    });
    this.tabs.push(tab);
    tab.start();
    return tab;
  }

  get living(): WorldTab[] {
    return this.tabs.filter(({ state }) => state === 'open');
  }

  post(from: WorldTab, name: string, data: unknown, sender: object): void {
    this.messages++;
    for (const other of this.channels.get(name) ?? []) {
      if (other === sender) continue;
      const copy: unknown = structuredClone(data);
      const pending: Pending = { due: Date.now() + 1, from, run: () => other.tab.run(() => other.hear(copy)) };
      this.#pending.add(pending);
      setTimeout(() => {
        if (this.#pending.delete(pending)) pending.run();
      }, 1);
    }
  }

  /** The page of a tab, which answers while its worker does not; returns what ends it. */
  answerAsPageOf(tab: WorldTab): () => void {
    const end = {
      tab: new PageTask(),
      hear: (data: unknown) => {
        if (isTabMessage(data) && data.tabs === 'alive?' && data.of === tab.id)
          this.post(tab, PAGES_CHANNEL, { tabs: 'alive' }, end);
      },
    };
    const ends = this.channels.get(PAGES_CHANNEL) ?? new Set();
    this.channels.set(PAGES_CHANNEL, ends.add(end));
    return () => void ends.delete(end);
  }

  forget(tab: WorldTab): void {
    for (const pending of this.#pending) if (pending.from === tab && this.lost()) this.#pending.delete(pending);
    for (const ends of this.channels.values()) for (const end of ends) if (end.tab === tab) ends.delete(end);
    this.locks.forget(tab);
  }
}

export class WorldTab {
  readonly id: string;
  readonly world: World;
  readonly library: LibraryApi;
  readonly start: () => void;
  state: 'open' | 'frozen' | 'dead' = 'open';
  leads = false;
  #held: (() => void)[] = [];

  constructor(world: World, id: string, version: TabVersion) {
    this.world = world;
    this.id = id;
    const platform: TabPlatform = {
      ...version,
      id,
      locks: world.locks.for(this),
      openChannel: (name) => this.#openChannel(name),
      now: () => Date.now(),
      after: (ms, run) => {
        const timer = setTimeout(() => this.run(run), ms);
        return () => clearTimeout(timer);
      },
      tellPage: (leads) => {
        this.leads = leads;
      },
    };
    const tab = createTab({ platform, createLibrary: () => diskLibrary(this) });
    this.library = tab.library;
    this.start = () => tab.start();
  }

  /** A task of this tab: held while it is frozen, dropped when it is gone. */
  run(task: () => void): void {
    if (this.state === 'open') queueMicrotask(() => (this.state === 'open' ? task() : this.run(task)));
    else if (this.state === 'frozen') this.#held.push(task);
  }

  freeze(): void {
    if (this.state === 'open') this.state = 'frozen';
  }

  thaw(): void {
    if (this.state !== 'frozen') return;
    this.state = 'open';
    // Each a task of its own: what one has awaited goes on before the next.
    for (const task of this.#held.splice(0)) setTimeout(() => this.run(task));
  }

  /** As when it is closed or crashes. */
  kill(): void {
    this.state = 'dead';
    this.#held = [];
    this.world.forget(this);
  }

  /** Goes on when the tab runs. */
  pause(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(() => this.run(resolve), ms));
  }

  #openChannel(name: string): TabChannel {
    const listeners = new Set<Listener>();
    const end = {
      tab: this,
      hear: (data: unknown) => listeners.forEach((listen) => listen(new MessageEvent('message', { data }))),
    };
    const ends = this.world.channels.get(name) ?? new Set();
    this.world.channels.set(name, ends.add(end));
    return {
      postMessage: (data) => this.world.post(this, name, data, end),
      addEventListener: (type, listener) => {
        if (type === 'message') listeners.add(listener);
      },
      removeEventListener: (_type, listener) => void listeners.delete(listener),
      close: () => void ends.delete(end),
    };
  }
}
