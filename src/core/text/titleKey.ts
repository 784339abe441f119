// Which titles count as one: those of the parts of a series share theirs.
import { wording, type WordingToken } from './wording.ts';

/** Equal for titles of the same words in whatever order, their numbers aside. */
export const titleKey = (title: readonly WordingToken[]): string =>
  [...new Set(title.map(({ fact, stem }) => (fact === 'number' ? '#' : stem)))].sort().join(' ');

export const titleKeyOf = (title: string): string => titleKey(wording({ text: title }));
