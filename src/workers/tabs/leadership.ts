// Who does the work: the tab that holds a lock, which the browser gives to the next as soon as a tab is gone.
import { isAbort } from '../../core/errors.ts';
import { LEADER_LOCK, TAKEOVER_LOCK, type TabLocks } from './platform.ts';

/** How it came to a tab: nobody held the lock any more, or it was taken from one that had stopped. */
export type Succession = 'free' | 'taken';

/** A tab that takes over and stops in the middle of it holds up the others for this long. */
const TAKEOVER_PATIENCE_MS = 3_000;

/** Until then the others have heard who has taken over, and don't in turn. */
const HEARD_AFTER_MS = 200;

export interface LeadershipPorts {
  locks: TabLocks;
  now: () => number;
  after: (ms: number, run: () => void) => () => void;
  onLead: (how: Succession) => void;
  /** Another tab has taken the lock. */
  onLost: () => void;
  /** The browser refuses locks. */
  onRefused: () => void;
}

export class Leadership {
  readonly #ports: LeadershipPorts;
  #queued: AbortController | null = null;
  #held: { release: () => void } | null = null;
  #takingSince: number | null = null;
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
    this.#request({ signal: queued.signal }, 'free');
  }

  /**
   * Takes the lock from a tab that has stopped, unless another tab is about to, or `stillStopped` says no by the time that
   * this one may. Call it again until there is a leader.
   */
  async takeOver(stillStopped: () => boolean): Promise<void> {
    const { locks, now } = this.#ports;
    this.#takingSince ??= now();
    const steal = now() - this.#takingSince > TAKEOVER_PATIENCE_MS;
    await locks
      .request(TAKEOVER_LOCK, steal ? { steal } : { ifAvailable: true }, async (lock) => {
        if (lock === null || this.leads || this.#resigned || !stillStopped()) return;
        this.#queued?.abort();
        this.#queued = null;
        await new Promise<void>((resolve) => this.#request({ steal: true }, 'taken', resolve));
        await new Promise<void>((resolve) => this.#ports.after(HEARD_AFTER_MS, resolve));
      })
      .catch(() => undefined);
  }

  /** There is a leader again. */
  settled(): void {
    this.#takingSince = null;
  }

  /** Lets go; with `forGood` it never asks again. */
  resign({ forGood }: { forGood: boolean }): void {
    this.#resigned ||= forGood;
    this.#queued?.abort();
    this.#queued = null;
    const held = this.#held;
    this.#held = null;
    held?.release();
  }

  #request(
    options: { signal?: AbortSignal; steal?: boolean },
    how: Succession,
    onHeld: () => void = () => undefined,
  ): void {
    let mine: { release: () => void } | null = null;
    this.#ports.locks
      .request(LEADER_LOCK, options, () => {
        this.#queued = null;
        onHeld();
        // Asked for twice, or not wanted any more: given back at once.
        if (this.#held !== null || this.#resigned) return Promise.resolve();
        return new Promise<void>((resolve) => {
          mine = { release: resolve };
          this.#held = mine;
          this.#takingSince = null;
          this.#ports.onLead(how);
        });
      })
      .catch((error: unknown) => {
        onHeld();
        if (mine !== null && this.#held === mine) {
          this.#held = null;
          this.#ports.onLost();
        } else if (mine === null && !isAbort(error)) {
          this.#ports.onRefused();
        }
      });
  }
}
