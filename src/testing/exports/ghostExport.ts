// Ghost's export: tables of its database, in which the site's own address is a word.
import type { ExportFormat } from './exportItem.ts';
import { spoil } from './jsonExports.ts';

const GHOST_STATES = { public: 'published', draft: 'draft', private: 'published', reply: 'published' };

export const ghostExport: ExportFormat = {
  name: 'ghost',
  carries: { title: true, date: 'second', tags: true, html: true },
  states: ['public', 'draft', 'private'],
  write: (items) => ({
    'ferry.ghost.2020-05-01.json': JSON.stringify({
      db: [
        {
          meta: { exported_on: 1_588_291_200_000, version: '5.82.0' },
          data: {
            posts: [
              ...items.map(({ number, title, html, text, date, state }) => ({
                id: `5f${number}`,
                uuid: `0000-${number}`,
                title,
                slug: `tide-${number}`,
                mobiledoc: null,
                lexical: '{"root":{}}',
                html,
                plaintext: text,
                feature_image: null,
                featured: 0,
                type: 'post',
                status: GHOST_STATES[state],
                visibility: state === 'private' ? 'members' : 'public',
                created_at: date.replace('Z', '.000Z'),
                published_at: state === 'draft' ? null : date.replace('Z', '.000Z'),
                custom_excerpt: null,
                canonical_url: `__GHOST_URL__/tide-${number}/`,
              })),
              {
                id: 'page',
                uuid: 'page',
                title: 'About',
                slug: 'about',
                html: '<p>Us.</p>',
                type: 'page',
                status: 'published',
              },
            ],
            tags: items.flatMap(({ number, tags }) =>
              tags.map((name, order) => ({ id: `t${number}-${order}`, name, slug: `t${number}-${order}` })),
            ),
            posts_tags: items.flatMap(({ number, tags }) =>
              tags.map((_, order) => ({ post_id: `5f${number}`, tag_id: `t${number}-${order}`, sort_order: order })),
            ),
            users: [{ id: '1', name: 'Ishbel Rae', slug: 'ishbel' }],
            // A post has a row only once something was written there.
            posts_meta: items.slice(1).map(({ number }) => ({
              id: `m${number}`,
              post_id: `5f${number}`,
              meta_title: null,
              meta_description: `About the harbour of day ${number}.`,
              email_only: 0,
            })),
            posts_authors: items.map(({ number }) => ({ post_id: `5f${number}`, author_id: '1', sort_order: 0 })),
          },
        },
      ],
    }),
  }),
  breakItem: spoil(
    'ferry.ghost.2020-05-01.json',
    /"html":"(?:[^"\\]|\\.)*","plaintext":"(?:[^"\\]|\\.)*"/,
    '"html":null,"plaintext":null',
  ),
};
