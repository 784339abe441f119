// Words of the reader.
import type { CrossPostReason } from '../../core/index.ts';
import { count } from './count.ts';

export const reader = {
  region: 'Reader',
  close: 'Close the reader',
  opening: (title: string) => `Opening “${title}”`,
  original: 'Open the published post',
  atTime: (time: string) => `Watch from ${time}`,
  passage: 'The passage that matches',
  closest: 'Closest in meaning to your draft',
  cue: (time: string) => `At ${time}`,
  by: (authors: string) => `by ${authors}`,
  series: (name: string) => `Series: ${name}`,
  tags: 'Tags',
  places: {
    heading: 'Also published',
    reasons: {
      address: 'at the same address',
      words: 'in the same words',
      title: 'under the same title, within weeks',
    } satisfies Record<CrossPostReason, string>,
    /** "in Letter, as “Letter seven”" */
    where: (source: string, title: string | null) => `in ${source}${title === null ? '' : `, as “${title}”`}`,
    apart: 'Show it by itself',
    apartLabel: (title: string, source: string) => `Show “${title}” in ${source} by itself`,
    undo: 'Undo',
    isApart: (source: string) => `The one in ${source} is a post of its own again.`,
    failed: 'That could not be stored.',
  },
  words: (words: number) => count(words, 'word', 'words'),
  missing: (title: string) => `“${title}” is no longer in your library.`,
  failed: (title: string) => `“${title}” could not be opened.`,
  empty: 'Open a related post to read it here, beside your draft.',
};
