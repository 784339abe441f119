// Orama's full text search: BM25 over radix trees.
import { create, insert, insertMultiple, remove, save, search } from '@orama/orama';
import { TITLE_COUNTS, TOP, type BenchPost, type WordContender } from '../contender.ts';

const SCHEMA = { title: 'string', summary: 'string', text: 'string', tags: 'string[]' } as const;

const document = ({ id, title, summary, text, tags }: BenchPost) => ({ id, title, summary, text, tags: [...tags] });

export const oramaWords: WordContender = {
  name: 'Orama',
  async build(posts) {
    const index = create({ schema: SCHEMA });
    await insertMultiple(index, posts.map(document), posts.length);
    return {
      async ask({ title, text }) {
        const found = await search(index, { term: `${title} ${text}`, limit: TOP, boost: { title: TITLE_COUNTS } });
        return found.hits.map(({ id }) => id);
      },
      add: (post) => insert(index, document(post)),
      remove: ({ id }) => remove(index, id),
      storedBytes: () => new Blob([JSON.stringify(save(index))]).size,
    };
  },
};
