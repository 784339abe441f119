// Who does the work: the tab that holds a lock, which the browser gives to the next as soon as a tab is gone.
import { isAbort } from '../../core/errors.ts';
import { LEADER_LOCK, TAKEOVER_LOCK, type TabLocks } from './platform.ts';

/** How it came to a tab: nobody held the lock any more, or it was taken from one that had stopped. */
export type Succession = 'free' | 'taken';

/** A holder of the lock that is seen for the first time may have just got it, and has so long to say so. */
const FRESH_MS = 500;

/** A tab that is about to take the lock and stops holds up the others for this long. */
const TAKER_PATIENCE_MS = 400;

export interface LeadershipPorts {
  locks: TabLocks;
  /** A lock that this tab alone holds for as long as it lives. */
  ownLock: string;
  now: () => number;
  onLead: (how: Succession) => void;
  /** Another tab has taken the lock. */
  onLost: () => void;
  /** The browser refuses locks. */
  onRefused: () => void;
}

/** Who holds the lock and is silent: a leader that has stopped, or a tab that was frozen when its turn came. */
interface Suspect {
  /** Null while nobody does, and the turn of the next has come. */
  holder: string | null;
  seenAt: number;
  /** Since when another tab has been about to take the lock from it. */
  refusedAt: number | null;
}

export class Leadership {
  readonly #ports: LeadershipPorts;
  #queued: AbortController | null = null;
  #held: { release: () => void } | null = null;
  #suspect: Suspect | null = null;
  #taking = false;
  #resigned = false;

  constructor(ports: LeadershipPorts) {
    this.#ports = ports;
  }

  get leads(): boolean {
    return this.#held !== null;
  }

  /** Waits for its turn. */
  start(): void {
    if (this.#queued !== null || this.#held !== null || this.#resigned) return;
    const queued = new AbortController();
    this.#queued = queued;
    this.#request('free', { signal: queued.signal }, () => {
      if (this.#queued === queued) this.#queued = null;
    });
  }

  /** The leader was asked and has not answered yet: looks who holds the lock. */
  async suspect(): Promise<void> {
    const { locks, now } = this.#ports;
    const holder = await locks.holder(LEADER_LOCK);
    if (this.#suspect === null || this.#suspect.holder !== holder)
      this.#suspect = { holder, seenAt: now(), refusedAt: null };
  }

  /**
   * Takes the lock from whoever has held it since `suspect` and is silent, unless another tab is about to, or `stillStopped` says
   * no by the time that this one may. Call it again until there is a leader.
   */
  async takeOver(stillStopped: () => boolean): Promise<void> {
    if (this.#taking) return;
    this.#taking = true;
    await this.#takeOver(stillStopped).catch(() => undefined);
    this.#taking = false;
  }

  async #takeOver(stillStopped: () => boolean): Promise<void> {
    const { locks, now } = this.#ports;
    await this.suspect();
    const suspect = this.#suspect;
    if (suspect === null || now() - suspect.seenAt < FRESH_MS) return;
    const { holder, refusedAt } = suspect;
    const steal = refusedAt !== null && now() - refusedAt >= TAKER_PATIENCE_MS;
    // One for each holder: a tab that has taken over and stops then does not hold up who takes over from it.
    await locks.request(
      `${TAKEOVER_LOCK} ${holder ?? 'nobody'}`,
      steal ? { steal } : { ifAvailable: true },
      async (lock) => {
        if (lock === null) suspect.refusedAt ??= now();
        if (lock === null || this.leads || this.#resigned || !stillStopped()) return;
        if ((await locks.holder(LEADER_LOCK)) !== holder) return;
        this.#leaveQueue();
        await new Promise<void>((resolve) => this.#request('taken', { steal: true }, resolve));
      },
    );
  }

  /** There is a leader again. */
  settled(): void {
    this.#suspect = null;
  }

  /** Lets go; with `forGood` it never asks again. */
  resign({ forGood }: { forGood: boolean }): void {
    this.#resigned ||= forGood;
    this.#leaveQueue();
    const held = this.#held;
    this.#held = null;
    held?.release();
  }

  /** False for a tab that was frozen while its turn came and went, and hears of both now. */
  async #holds(): Promise<boolean> {
    const { locks, ownLock } = this.#ports;
    const [holder, me] = await Promise.all([locks.holder(LEADER_LOCK), locks.holder(ownLock)]);
    return holder === me;
  }

  #leaveQueue(): void {
    this.#queued?.abort();
    this.#queued = null;
  }

  /** `onSettled` is called once it is known whether this tab has got the lock, and may be called again. */
  #request(how: Succession, options: { signal?: AbortSignal; steal?: boolean }, onSettled: () => void): void {
    let mine: { release: () => void } | null = null;
    let over = false;
    this.#ports.locks
      .request(LEADER_LOCK, options, async () => {
        const holds = await this.#holds();
        onSettled();
        // Asked for twice, or not wanted any more: given back at once.
        if (this.#held !== null || this.#resigned) return;
        if (over || !holds) {
          this.start();
          return;
        }
        await new Promise<void>((resolve) => {
          this.#leaveQueue();
          mine = { release: resolve };
          this.#held = mine;
          this.#suspect = null;
          this.#ports.onLead(how);
        });
      })
      .catch((error: unknown) => {
        over = true;
        onSettled();
        if (mine !== null) {
          if (this.#held !== mine) return;
          this.#held = null;
          this.#ports.onLost();
        } else if (!isAbort(error)) this.#ports.onRefused();
        // Taken by another before this tab knew that it had it: not all browsers tell of both.
        else if (options.signal?.aborted !== true) this.start();
      });
  }
}
