// Words of the reader.
import type { CrossPostReason, LeftOutReason } from '../../core/index.ts';
import { count, figure } from './count.ts';

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
  embedded: {
    show: 'Show what is embedded',
    hide: 'Show the post',
    region: 'What is embedded',
    waiting: 'This post waits to be embedded.',
    summary: (passages: number, embedded: number, leftOut: number) =>
      `${
        embedded === passages
          ? `${count(passages, 'passage', 'passages')}, all embedded`
          : `${figure(embedded)} of ${count(passages, 'passage', 'passages')} embedded`
      }. ${leftOut === 0 ? 'Nothing is left out.' : `${count(leftOut, 'part is', 'parts are')} left out, and found by words all the same.`}`,
    head: 'Title and summary',
    passage: (number: number) => `Passage ${figure(number)}`,
    notYet: 'waiting',
    leftOut: {
      code: () => 'Left out: code',
      repeated: (posts: number) => `Left out: it stands in ${count(posts, 'post', 'posts')} of this source`,
    } satisfies Record<LeftOutReason, (posts: number) => string>,
    failed: 'What is embedded could not be read.',
  },
  language: (name: string) => `in ${name}`,
  words: (words: number) => count(words, 'word', 'words'),
  missing: (title: string) => `“${title}” is no longer in your library.`,
  failed: (title: string) => `“${title}” could not be opened.`,
  empty: 'Open a related post to read it here, beside your draft.',
};
