// When a worker is replaced because its memory has grown: a runtime's linear memory never shrinks.
import type { Session } from './openSession.ts';

/** Times what it was with the model loaded. */
const RECYCLE_AT = 2;
/** Times the bound from which it is not waited for a quiet moment, only for the calls under way. */
const AT_ONCE = 2;
/** A moment without calls is quiet after this: the next text of a queue comes sooner. */
const QUIET_MS = 500;
/** A bound that is reached again within so many calls is one that this model needs: it is raised. */
const SOON_CALLS = 50;
const RAISE = 1.5;

export class Recycling {
  /** Workers replaced. */
  times = 0;
  #factor: number;
  readonly #recycle: (session: Session) => void;
  readonly #retired = new WeakSet<Session>();
  readonly #calls = new WeakMap<Session, number>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** `recycle` must close the session that it is given and open another. */
  constructor(factor: number | undefined, recycle: (session: Session) => void) {
    this.#factor = factor ?? RECYCLE_AT;
    this.#recycle = recycle;
  }

  /** It was replaced on purpose, and not lost. */
  retired(session: Session): boolean {
    return this.#retired.has(session);
  }

  /** A call of this session has ended. */
  consider(session: Session): void {
    this.#calls.set(session, (this.#calls.get(session) ?? 0) + 1);
    const bound = session.model.memoryBytes * this.#factor;
    if (this.#retired.has(session) || bound <= 0 || session.memoryBytes() <= bound || session.pending() > 0) return;
    if (session.memoryBytes() > bound * AT_ONCE) {
      this.#retire(session);
      return;
    }
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (session.pending() === 0) this.#retire(session);
    }, QUIET_MS);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #retire(session: Session): void {
    if (this.#retired.has(session)) return;
    this.close();
    this.#retired.add(session);
    this.times++;
    if ((this.#calls.get(session) ?? 0) < SOON_CALLS) this.#factor *= RAISE;
    this.#recycle(session);
  }
}
