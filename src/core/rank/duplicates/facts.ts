// Whether two texts say the same numbers, dates and names where they say the same otherwise.
import type { ChangedFact } from '../../suggestion.ts';
import type { FactKind } from '../../text/wording.ts';
import { isMask, type FactAt, type Fingerprint } from './fingerprint.ts';

/** Distinct values of one kind in the first text that stand in words of the second. */
export interface Agreement {
  agree: number;
  /** With the value that stands in their place. */
  changed: ChangedFact[];
  /** Share of the distinct values of the text with fewer that the other has anywhere, 0 to 1; 1 where one has none. */
  common: number;
}

/** A fact's place is known by its neighbours, before and after it; this many of them must be words. */
const FEWEST_NEIGHBOURS = 2;
const WINDOWS: readonly (readonly number[])[] = [
  [-2, -1, 1, 2],
  [-3, -2, -1],
  [1, 2, 3],
];

/** What the facts of one kind in `first` became in `second`. */
export function agreementOf(kind: FactKind, first: Fingerprint, second: Fingerprint): Agreement {
  const there = places(kind, second);
  const all = valuesOf(kind, second);
  const agree = new Set<string>();
  const changed = new Map<string, ChangedFact>();
  for (const fact of first.facts) {
    if (fact.kind !== kind) continue;
    const found = windowsAt(first, fact).flatMap((window) => there.get(window) ?? []);
    if (found.some(({ value }) => value === fact.value)) agree.add(fact.value);
    // A name that only moved is no other name.
    else if (found[0] !== undefined && !(kind === 'name' && all.has(fact.value)))
      changed.set(fact.value, { kind, here: fact.written, there: found[0].written });
  }
  for (const value of agree) changed.delete(value);
  const own = valuesOf(kind, first);
  const fewer = Math.min(own.size, all.size);
  const common = fewer === 0 ? 1 : [...own].filter((value) => all.has(value)).length / fewer;
  return { agree: agree.size, changed: [...changed.values()], common };
}

/**
 * Share of the facts that can be told by their place that must be others for the same words to be about another thing. An
 * announcement keeps its year and its hour when it changes the day; a name may be a misspelling of the same one.
 */
const OTHER_SHARE: Record<FactKind, number> = { number: 1 / 3, name: 1 / 2 };

export const contradicts = (kind: FactKind, { agree, changed }: Agreement): boolean =>
  changed.length > 0 && changed.length >= OTHER_SHARE[kind] * (agree + changed.length);

function valuesOf(kind: FactKind, { facts }: Fingerprint): Set<string> {
  return new Set(facts.flatMap((fact) => (fact.kind === kind ? [fact.value] : [])));
}

function places(kind: FactKind, text: Fingerprint): Map<string, FactAt[]> {
  const found = new Map<string, FactAt[]>();
  for (const fact of text.facts) {
    if (fact.kind !== kind) continue;
    for (const window of windowsAt(text, fact)) {
      const facts = found.get(window);
      if (facts === undefined) found.set(window, [fact]);
      else facts.push(fact);
    }
  }
  return found;
}

/** In the same place, and of one make: "Q3" is compared with "Q4", not with "18 %". */
function windowsAt({ masked }: Fingerprint, { kind, at, value }: FactAt): string[] {
  const shape = kind === 'number' ? value.replace(/\d+/g, '0') : '';
  return WINDOWS.flatMap((steps, side) => {
    const words = steps.map((step) => masked[at + step] ?? '');
    if (words.filter((word) => word !== '' && !isMask(word)).length < FEWEST_NEIGHBOURS) return [];
    return [`${side} ${shape} ${words.join(' ')}`];
  });
}
