// FlexSearch: places of words by field, without weights of rare words; asked for posts that have some of them.
import { Document } from 'flexsearch';
import { TOP, type BenchPost, type WordContender } from '../contender.ts';

const FIELDS = ['title', 'summary', 'text', 'tags'];

const document = ({ id, title, summary, text, tags }: BenchPost) => ({
  id,
  title,
  summary,
  text,
  tags: tags.join(' '),
});

export const flexsearch: WordContender = {
  name: 'FlexSearch',
  build(posts) {
    const index = new Document({ document: { id: 'id', index: FIELDS } });
    for (const post of posts) index.add(document(post));
    return {
      ask({ title, text }) {
        const found = index.search(`${title} ${text}`, { limit: TOP, suggest: true, merge: true });
        return (found as unknown as { id: string }[]).slice(0, TOP).map(({ id }) => id);
      },
      add: (post) => index.add(document(post)),
      remove: ({ id }) => index.remove(id),
      storedBytes() {
        let bytes = 0;
        index.export((_, data) => {
          bytes += new Blob([data]).size;
        });
        return bytes;
      },
    };
  },
};
