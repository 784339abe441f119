// What an author follows: subscribed feeds and watched folders, looked at when told to and, while Kindred is open, by itself.
import type { FollowApi, Followed, FeedServer, Unfollowed } from '../../followApi.ts';
import { Feeds } from './feeds.ts';
import { Folders } from './folders.ts';
import type { FollowPorts } from './ports.ts';

export { createFeedServer } from './feedServer.ts';
export { observeFolder } from './observeFolder.ts';

/** A page that is looked at again, as after a word in another window, looks no sooner than this. */
const LOOKED_JUST_NOW_MS = 5_000;
const SHORTEST_WAIT_MS = 1_000;
/** Timers of more than 24 days would run at once. */
const LONGEST_WAIT_MS = 3_600_000;

type Calls = Omit<FollowApi, 'feedsListed'>;

export class Follow implements Calls {
  readonly #ports: FollowPorts;
  readonly #feeds: Feeds;
  readonly #folders: Folders;
  readonly #stop = new AbortController();
  #started = false;
  #cancelTimer = (): void => undefined;

  constructor(ports: FollowPorts) {
    this.#ports = ports;
    this.#feeds = new Feeds(ports);
    this.#folders = new Folders(ports, () => this.#plan());
  }

  /** Reads what is remembered. */
  async open(): Promise<void> {
    await this.#feeds.open();
    await this.#folders.open();
  }

  /** Looks by itself from now on. */
  start(): void {
    this.#started = true;
    this.#plan();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.#cancelTimer();
    this.#folders.close();
    await Promise.all([this.#feeds.settled(), this.#folders.settled()]);
  }

  followed(): Promise<Followed> {
    const { server, whileOpen } = this.#feeds;
    return Promise.resolve({
      server,
      whileOpen,
      feeds: this.#feeds.state(),
      folders: this.#folders.state(whileOpen),
    });
  }

  askFeedServer(): Promise<FeedServer> {
    return this.#feeds.ask();
  }

  async followFeeds(addresses: readonly string[]): Promise<void> {
    const ids = await this.#feeds.add(addresses);
    void this.#look(ids, []);
  }

  async followFolder(handle: FileSystemDirectoryHandle): Promise<void> {
    const id = await this.#folders.add(handle);
    void this.#look([], [id]);
  }

  async lookAt(ids?: readonly string[] | 'folders'): Promise<void> {
    if (ids === 'folders') {
      const { now } = this.#ports;
      await this.#look([], this.#folders.ids({ lookedBefore: now() - LOOKED_JUST_NOW_MS }));
      return;
    }
    const chosen = new Set(ids);
    const isChosen = (id: string): boolean => ids === undefined || chosen.has(id);
    await this.#look(this.#feeds.ids().filter(isChosen), this.#folders.ids().filter(isChosen));
  }

  async unfollow(id: string, options: Parameters<FollowApi['unfollow']>[1]): Promise<Unfollowed | null> {
    return (await this.#feeds.remove(id, options)) ?? this.#folders.remove(id, options);
  }

  async followAgain({ undo }: Unfollowed): Promise<void> {
    if (!(await this.#feeds.addAgain(undo))) await this.#folders.addAgain(undo);
    this.#plan();
  }

  settleMissing(folder: string, options: Parameters<FollowApi['settleMissing']>[1]): Promise<void> {
    return this.#folders.settleMissing(folder, options);
  }

  restoreMissing(folder: string): Promise<void> {
    return this.#folders.restoreMissing(folder);
  }

  async setWhileOpen(whileOpen: boolean): Promise<void> {
    await this.#feeds.setWhileOpen(whileOpen);
    this.#plan();
  }

  async #look(feeds: readonly string[], folders: readonly string[]): Promise<void> {
    const { signal } = this.#stop;
    await Promise.all([this.#feeds.look(feeds, signal), this.#folders.look(folders, signal)]).catch(() => undefined);
    this.start();
  }

  #plan(): void {
    this.#cancelTimer();
    if (!this.#started || this.#stop.signal.aborted || !this.#feeds.whileOpen) return;
    const { now, after } = this.#ports;
    const next = Math.min(this.#feeds.nextAt(), this.#folders.nextAt());
    if (next === Infinity) return;
    const wait = Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, next - now()));
    this.#cancelTimer = after(wait, () => {
      const at = now();
      void this.#look(this.#feeds.ids(at), this.#folders.ids({ dueAt: at }));
    });
  }
}
