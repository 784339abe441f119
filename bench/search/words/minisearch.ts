// MiniSearch: BM25+ over a radix tree.
import MiniSearch from 'minisearch';
import { TITLE_COUNTS, TOP, type BenchPost, type WordContender } from '../contender.ts';

const FIELDS = ['title', 'summary', 'text', 'tags'];

export const minisearch: WordContender = {
  name: 'MiniSearch',
  build(posts) {
    const index = new MiniSearch<BenchPost>({ fields: FIELDS, searchOptions: { boost: { title: TITLE_COUNTS } } });
    index.addAll(posts);
    return {
      ask: ({ title, text }) =>
        index
          .search(`${title} ${text}`)
          .slice(0, TOP)
          .map(({ id }) => String(id)),
      add: (post) => index.add(post),
      remove: (post) => index.remove(post),
      storedBytes: () => new Blob([JSON.stringify(index)]).size,
    };
  },
};
