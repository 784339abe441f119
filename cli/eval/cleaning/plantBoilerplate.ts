// Posts with boilerplate put into them, of the kinds that sites have, so that it can be counted how much of it is found.
import { randomOf } from '../../../bench/random.ts';
import type { TextBlock } from '../../../src/core/post.ts';
import type { SitePost } from '../site.ts';

export interface PlantedPost {
  post: SitePost;
  /** Where each planted block begins, by kind. */
  planted: { kind: PlantKind; start: number }[];
}

export const PLANT_KINDS = ['navigation', 'byline', 'newsletter', 'share', 'signature', 'licence'] as const;
export type PlantKind = (typeof PLANT_KINDS)[number];

interface Plant {
  kind: PlantKind;
  where: 'first' | 'middle' | 'last';
  /** Of the posts. */
  share: number;
  /** One of several, as authors and months differ. */
  blocks: (draw: (below: number) => number) => Pick<TextBlock & { text: string }, 'kind' | 'text'>[];
}

const AUTHORS = ['Ines Okafor', 'Tom Lindqvist', 'Priya Raman'] as const;
const MONTHS = ['January', 'March', 'June', 'September'] as const;

const PLANTS: readonly Plant[] = [
  {
    kind: 'navigation',
    where: 'first',
    share: 1,
    blocks: () => ['Home', 'All articles', 'About this site', 'Contact us'].map((text) => ({ kind: 'item', text })),
  },
  {
    kind: 'byline',
    where: 'first',
    share: 0.8,
    blocks: (draw) => {
      const [author, month] = [AUTHORS[draw(AUTHORS.length)], MONTHS[draw(MONTHS.length)]];
      return [
        {
          kind: 'paragraph',
          text: `Posted by ${author} on ${1 + draw(28)} ${month} ${2015 + draw(9)}, filed under news`,
        },
      ];
    },
  },
  {
    kind: 'newsletter',
    where: 'middle',
    share: 0.6,
    blocks: () => [
      {
        kind: 'paragraph',
        text: 'Enjoying this? Our letter brings you one story like it each second Friday, free of charge and without any tracking. Leave your address below and confirm it by mail.',
      },
    ],
  },
  {
    kind: 'share',
    where: 'last',
    share: 0.9,
    blocks: () => [
      { kind: 'heading', text: 'Share this' },
      ...['Send it to a friend', 'Post it on Mastodon', 'Print it'].map((text) => ({ kind: 'item' as const, text })),
    ],
  },
  {
    kind: 'signature',
    where: 'last',
    share: 0.7,
    blocks: (draw) => {
      const author = AUTHORS[draw(AUTHORS.length)];
      const text = `${author} writes about towns, boats and the people between them, and answers every letter sooner or later.`;
      return [{ kind: 'paragraph', text }];
    },
  },
  {
    kind: 'licence',
    where: 'last',
    share: 1,
    blocks: () => [
      {
        kind: 'paragraph',
        text: 'This work may be used by anybody under the terms of the licence named at the foot of our site.',
      },
    ],
  },
];

/** `draw` gives a whole number from 0 up to, and without, the one it is given. */
export function plantBoilerplate(post: SitePost, draw: (below: number) => number): PlantedPost {
  const own = [...post.blocks].map(({ start, end, ...rest }) => ({
    ...rest,
    text: post.text.slice(start, end),
    plant: null,
  }));
  const chosen = PLANTS.filter(({ share }) => draw(1000) < share * 1000);
  const of = (where: Plant['where']) =>
    chosen
      .filter((plant) => plant.where === where)
      .flatMap(({ kind, blocks }) => blocks(draw).map((block) => ({ ...block, plant: kind })));
  const half = own.length >> 1;
  const all = [...of('first'), ...own.slice(0, half), ...of('middle'), ...own.slice(half), ...of('last')];
  let text = '';
  const blocks: TextBlock[] = [];
  const planted: PlantedPost['planted'] = [];
  for (const { text: said, plant, ...block } of all) {
    const start = text === '' ? 0 : text.length + 2;
    text += (text === '' ? '' : '\n\n') + said;
    blocks.push({ ...block, start, end: start + said.length });
    if (plant !== null) planted.push({ kind: plant, start });
  }
  return { post: { ...post, text, blocks }, planted };
}

/** A generator of whole numbers that repeats itself with its seed (mulberry32). */
export function drawing(seed: number): (below: number) => number {
  const random = randomOf(seed);
  return (below) => (random() * 0x1_0000_0000) % below;
}
