// What the ranker is told of each candidate.
import { describe, expect, it } from 'vitest';
import { traitSource as post } from '../../testing/traitSource.ts';
import { candidateFeatures, undated, type FoundPost, type RankInput } from './features.ts';
import { dayOf, TraitIndex, type TraitSource } from './postTraits.ts';

const found = (id: string, share: number, meaning: number | null = null): FoundPost => ({ post: id, share, meaning });

function inputOf(posts: readonly TraitSource[], parts: Partial<RankInput> = {}): RankInput {
  const traits = new TraitIndex();
  for (const one of posts) traits.put(one, 100);
  return {
    draft: { title: '', text: '' },
    day: dayOf('2024-06-01') ?? 0,
    found: [],
    accept: () => true,
    rarity: () => 0,
    idf: () => 1,
    compare: () => new Map(),
    draftPassages: 0,
    unseen: 0.3,
    traits,
    ...parts,
  };
}

describe('features of candidates', () => {
  it('say how a post stands by words and by meaning', () => {
    const features = candidateFeatures(
      inputOf([post('a'), post('b'), post('c')], {
        found: [found('b', 0.2, 0.9), found('a', 0.4, 0.5), found('c', 0, 0.1)],
        draftPassages: 1,
        compare: () =>
          new Map([
            ['a', [0.5]],
            ['b', [0.9]],
            ['c', [0.1]],
          ]),
      }),
    );
    expect(features.get('a')).toMatchObject({ words: 0.4, wordsToBest: 1, wordsRank: 0, closest: 0.5 });
    expect(features.get('b')).toMatchObject({ wordsToBest: 0.5, wordsRank: Math.log(2), closest: 0.9 });
    const [a = 0, b = 0, c = 0] = ['a', 'b', 'c'].map((id) => features.get(id)?.standsOut);
    expect(b).toBeGreaterThan(a);
    expect(a).toBeGreaterThan(c);
    expect(Math.exp(a) + Math.exp(b) + Math.exp(c)).toBeCloseTo(1, 3);
    expect(features.get('c')?.wordsRank).toBeGreaterThan(features.get('b')?.wordsRank ?? Infinity);
  });

  it('say what rare terms a post shares, each more counting less', () => {
    const rarity = (id: string): number => ({ a: 12, b: 3 })[id] ?? 0;
    const hits = ['a', 'b', 'c'].map((id) => found(id, 0.4));
    const features = candidateFeatures(inputOf([post('a'), post('b'), post('c')], { found: hits, rarity }));
    expect(['a', 'b', 'c'].map((id) => features.get(id)?.rareTerms)).toEqual([Math.log(13), Math.log(4), 0]);
  });

  it('put equals on one rank', () => {
    const features = candidateFeatures(
      inputOf([post('a'), post('b'), post('c')], { found: [found('a', 0.4), found('b', 0.4), found('c', 0.3)] }),
    );
    expect(['a', 'b', 'c'].map((id) => features.get(id)?.wordsRank)).toEqual([0, 0, Math.log(3)]);
  });

  it('take a post whose vectors are still to come for a usual one', () => {
    const input = inputOf([post('seen'), post('waits')], { found: [found('seen', 0.2, 0.8), found('waits', 0.2)] });
    const compare = (): Map<string, number[]> => new Map([['seen', [0.8]]]);
    const waits = candidateFeatures({ ...input, draftPassages: 1, compare }).get('waits');
    expect(waits?.closest).toBe(0.3);
    expect(waits?.standsOut).toBeCloseTo(Math.log(1 / 2), 4);
    expect(candidateFeatures(input).get('waits')).toMatchObject({ standsOut: 0, closest: 0 });
  });

  it('compare all passages of the draft with those of the post', () => {
    const features = candidateFeatures(
      inputOf([post('a')], {
        found: [found('a', 0.1, 0.8)],
        draftPassages: 2,
        compare: () => new Map([['a', [0.2, 0.8, 0.4, 0.1]]]),
      }),
    );
    expect(features.get('a')?.closest).toBeCloseTo((0.8 + 0.4 + 0.2) / 3);
  });

  it('weigh the terms of titles by what they say', () => {
    const idf = (term: string): number => (term === 'rare' ? 3 : 1);
    const features = candidateFeatures(
      inputOf([post('a', { title: 'Rare tides', summary: 'Of harbours and boats' })], {
        draft: { title: 'A tide', text: 'Of harbours.' },
        found: [found('a', 0.1)],
        idf,
      }),
    );
    expect(features.get('a')).toMatchObject({ titleInDraft: 1 / 4, summaryInDraft: 1 / 2 });
  });

  it('say nothing of time where most posts have no date, as of any library without', () => {
    const posts = [
      post('old', { date: '2020-03-01', links: [{ href: 'https://blog.example/new' }] }),
      post('new', { date: '2024-05-01', url: 'https://blog.example/new' }),
      post('late', { date: '2024-05-20', links: [{ href: 'https://blog.example/new' }] }),
    ];
    const hits = posts.map(({ id }) => found(id, 0.3, 0.5));
    const dated = candidateFeatures(inputOf(posts, { found: hits }));
    expect(dated.get('new')?.linkedLately).toBeGreaterThan(0);
    const bare = posts.map((one) => ({ ...one, date: null }));
    const without = candidateFeatures(inputOf(bare, { found: hits }));
    for (const { id } of posts) {
      const own = dated.get(id);
      expect(own === undefined ? null : undated(own)).toEqual(without.get(id));
    }
    const [first, ...others] = bare;
    const mostly = candidateFeatures(inputOf([{ ...first!, date: '2020-03-01' }, ...others], { found: hits }));
    expect(mostly).toEqual(without);
  });

  it('know what is new, and make the newest candidates without a word in common', () => {
    const posts = [
      post('old', { date: '2020-01-01' }),
      post('newer', { date: '2024-05-01' }),
      post('newest', { date: '2024-05-31' }),
      post('to come', { date: '2024-07-01' }),
    ];
    const features = candidateFeatures(inputOf(posts, { found: [found('old', 0.3)] }));
    expect([...features.keys()].sort()).toEqual(['newer', 'newest', 'old']);
    expect(features.get('newest')).toMatchObject({ recencyRank: 0, recencyShare: 0, gap: Math.log(2) });
    expect(features.get('old')?.recencyRank).toBeCloseTo(Math.log(3));
  });

  it('count links by posts that may be known, and find what the nearest link to', () => {
    const posts = [
      post('near', { links: [{ href: '/hub' }, { href: '/own' }], date: '2024-03-03' }),
      post('own', { links: [{ href: '/hub' }], date: '2024-05-01' }),
      post('hub', { date: '2024-01-01' }),
      post('far'),
    ];
    const input = inputOf(posts, { found: [found('near', 0.5)], accept: (id) => id !== 'own' });
    const features = candidateFeatures(input);
    expect(features.has('own')).toBe(false);
    expect(features.has('far')).toBe(false);
    // Ninety days after the only link that counts.
    expect(features.get('hub')).toMatchObject({ linked: Math.log(2), linkedByNear: Math.log(2), linkedLately: 0.5 });
    expect(features.get('near')).toMatchObject({ links: Math.log(2), linked: 0 });
  });

  it('hear a tag that the nearest have more often than the rest', () => {
    const tagged = (id: string, ...tags: string[]): TraitSource => post(id, { tags });
    const posts = [tagged('a', 'sea', 'blog'), tagged('b', 'Sea', 'blog'), tagged('c', 'blog'), tagged('d', 'blog')];
    const features = candidateFeatures(inputOf(posts, { found: [found('a', 0.5), found('b', 0.4)] }));
    expect(features.get('a')?.tagVote).toBeCloseTo(0.5);
    const all = candidateFeatures(inputOf(posts, { found: posts.map(({ id }) => found(id, 0.1)) }));
    expect(all.get('c')?.tagVote).toBeCloseTo(0);
  });

  it('are numbers whatever is missing', () => {
    const bare = inputOf([post('a', { title: '', date: null })], { found: [found('a', 0, null)], day: 0 });
    const [features] = candidateFeatures({ ...bare, found: [found('a', 0.1, null)] }).values();
    for (const value of Object.values(features ?? {})) expect(Number.isFinite(value)).toBe(true);
    expect(candidateFeatures(inputOf([], {})).size).toBe(0);
  });
});
