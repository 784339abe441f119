// The lexical index that ships, asked as for a draft: its heaviest terms are chosen first.
import { Bm25Index } from '../../../src/core/search/bm25.ts';
import { documentTerms } from '../../../src/core/text/documentTerms.ts';
import { heaviestTerms } from '../../../src/core/text/heaviestTerms.ts';
import { TOP, type WordContender } from '../contender.ts';

export const oursWords: WordContender = {
  name: 'Kindred',
  build(posts) {
    const index = new Bm25Index();
    for (const post of posts) index.add(post.id, documentTerms(post));
    return {
      ask: (question) =>
        index
          .search(heaviestTerms(question, index).terms)
          .slice(0, TOP)
          .map(({ post }) => post),
      add: (post) => index.add(post.id, documentTerms(post)),
      remove: ({ id }) => index.remove(id),
      storedBytes: () => null,
    };
  },
};
