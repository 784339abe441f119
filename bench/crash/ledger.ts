// What the library has acknowledged, and what it may hold after an interruption.
import { idOf, titleOf } from './posts.ts';

/** Versions that a post may be in; null for a post that isn't there. */
type States = readonly (number | null)[];

export class Ledger {
  readonly #states = new Map<number, States>();
  /** Changes that are made all together or not at all, since the library was last looked at. */
  #whole: ReadonlyMap<number, { before: number | null; after: number | null }> | null = null;

  /** Numbers of the posts that are surely there. */
  get present(): number[] {
    return [...this.#states].filter(([, states]) => !states.includes(null)).map(([n]) => n);
  }

  /** Version that a post is surely in. */
  versionOf(n: number): number {
    return Math.max(...(this.#states.get(n) ?? []).map((state) => state ?? 0), 0);
  }

  /** A change was begun: until it is acknowledged, each post is as before or as after; of a `whole` one, all are the same. */
  begin(changes: ReadonlyMap<number, number | null>, { whole = false } = {}): void {
    const before = (n: number): number | null => this.#states.get(n)?.at(-1) ?? null;
    if (whole) this.#whole = new Map([...changes].map(([n, after]) => [n, { before: before(n), after }]));
    for (const [n, after] of changes) this.#states.set(n, [...(this.#states.get(n) ?? [null]), after]);
  }

  /** The change was acknowledged: each post is as after it. */
  acknowledge(changes: ReadonlyMap<number, number | null>): void {
    for (const [n, after] of changes) this.#states.set(n, [after]);
  }

  /** What is wrong with the posts found; what was open is known from then on. */
  settle(found: readonly { id: string; title: string }[]): string[] {
    const faults: string[] = [];
    const titles = new Map<string, string>();
    for (const { id, title } of found) {
      if (titles.has(id)) faults.push(`${id} is there twice.`);
      titles.set(id, title);
    }
    for (const [n, states] of this.#states) {
      const title = titles.get(idOf(n));
      titles.delete(idOf(n));
      const state = states.find((one) => (one === null ? title === undefined : title === titleOf({ n, version: one })));
      if (state === undefined)
        faults.push(`${idOf(n)} is ${title ?? 'not there'}, and should be in version ${states.join(' or ')}.`);
      else this.#states.set(n, [state]);
    }
    const made = [...(this.#whole ?? [])].filter(([, { before, after }]) => before !== after);
    const done = made.filter(([n, { after }]) => this.#states.get(n)?.[0] === after).length;
    if (done > 0 && done < made.length) faults.push(`Of a restore, ${done} of ${made.length} changes are made.`);
    this.#whole = null;
    for (const [id, title] of titles) faults.push(`${id} (${title}) is there, and was never put.`);
    return faults;
  }
}
