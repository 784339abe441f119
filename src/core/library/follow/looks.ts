// Looks that are under way, by the place that is looked at: what is shown of them, and that no place is looked at twice at once.
import type { LookState } from '../../followApi.ts';
import type { ImportIssue, ImportProgress } from '../../libraryApi.ts';
import type { LookRow } from './followRows.ts';

/** A broken place has as many issues as items: these tell what is wrong. */
const MOST_ISSUES = 20;

export class Looks {
  readonly #underWay = new Map<string, { progress: ImportProgress | null; done: Promise<void> }>();
  readonly #issues = new Map<string, ImportIssue[]>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Looks at a place, or waits for the look that is under way. `look` handles what goes wrong itself. */
  async at(id: string, look: () => Promise<void>): Promise<void> {
    const known = this.#underWay.get(id);
    if (known !== undefined) return known.done;
    const done = look().finally(() => {
      this.#underWay.delete(id);
      this.#onChange();
    });
    this.#underWay.set(id, { progress: null, done });
    this.#onChange();
    return done;
  }

  progress(id: string, progress: ImportProgress): void {
    const look = this.#underWay.get(id);
    if (look === undefined) return;
    look.progress = progress;
    this.#onChange();
  }

  /** What the last look could not read. */
  found(id: string, issues: readonly ImportIssue[]): void {
    this.#issues.set(id, issues.slice(0, MOST_ISSUES));
  }

  forget(id: string): void {
    this.#issues.delete(id);
  }

  /** Resolves when none is under way. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#underWay.values()].map(({ done }) => done));
  }

  state(id: string, { lookedAt, found, problem }: LookRow, nextAt: number | null): LookState {
    const look = this.#underWay.get(id);
    return {
      looking: look !== undefined,
      progress: look?.progress ?? null,
      lookedAt,
      found,
      problem,
      nextAt,
      issues: this.#issues.get(id) ?? [],
    };
  }
}
