// Words of the reader.
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
  words: (words: number) => count(words, 'word', 'words'),
  missing: (title: string) => `“${title}” is no longer in your library.`,
  failed: (title: string) => `“${title}” could not be opened.`,
  empty: 'Open a related post to read it here, beside your draft.',
};
