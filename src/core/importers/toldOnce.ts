// Issues that many posts meet, told once.
import type { ImportIssueEvent } from './importer.ts';

export class ToldOnce {
  readonly #items = new Set<string>();
  #waiting: ImportIssueEvent[] = [];

  add(event: ImportIssueEvent): void {
    if (this.#items.has(event.issue.item)) return;
    this.#items.add(event.issue.item);
    this.#waiting.push(event);
  }

  /** Those that came since the last time. */
  take(): ImportIssueEvent[] {
    const waiting = this.#waiting;
    if (waiting.length > 0) this.#waiting = [];
    return waiting;
  }
}
