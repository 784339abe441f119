// The part of an answer that needs no model: what is left aside as too weak must change nothing.
import { describe, expect, it } from 'vitest';
import { SyntheticEmbeddings } from '../../../bench/syntheticEmbeddings.ts';
import { randomOf } from '../../../bench/random.ts';
import { COSINES } from '../../testing/cosines.ts';
import { RARE } from '../rank/features.ts';
import { dayOf, TraitIndex } from '../rank/postTraits.ts';
import { rankPosts } from '../rank/ranker.ts';
import { Bm25Index } from '../search/bm25.ts';
import { fuse, onScale, usualMeaning } from '../search/fusion.ts';
import { quantise } from '../search/quantise.ts';
import { VectorIndex } from '../search/vectorIndex.ts';
import { documentTerms } from '../text/documentTerms.ts';
import { heaviestTerms } from '../text/heaviestTerms.ts';
import { matchDraft } from './matchDraft.ts';

const DIMENSION = 64;
const POSTS = 2_000;
const DRAFTS = 6;

const VOCABULARY = 300;

/** Posts of made-up words, so few that each draft shares some with nearly all; one in seven has no vectors yet. */
function library() {
  const random = randomOf(3);
  const words = (count: number): string =>
    Array.from({ length: count }, () => `w${Math.floor(VOCABULARY ** random())}`).join(' ');
  const embeddings = new SyntheticEmbeddings(DIMENSION, 3);
  const [lexical, vectors, traits] = [new Bm25Index(), new VectorIndex(DIMENSION), new TraitIndex()];
  const one = (bound: number): number => Math.floor(random() * bound);
  for (let post = 0; post < POSTS; post++) {
    const id = `p${post}`;
    const fields = { title: words(4), summary: '', text: words(40), blocks: [], tags: [words(1)] };
    const links = Array.from({ length: one(4) }, () => ({ href: `/p${one(POSTS)}` }));
    const date = new Date(Date.UTC(2015, 0, 1) + one(3_000) * 86_400_000).toISOString();
    lexical.add(id, documentTerms(fields));
    traits.put({ id, url: `https://example.org/${id}`, links, date, ...fields }, 40);
    if (post % 7 > 0) vectors.add(id, quantise(embeddings.rows(2, 2), DIMENSION));
  }
  const drafts = Array.from({ length: DRAFTS }, () => ({ title: words(4), text: words(80), rows: embeddings.rows(3) }));
  return { lexical, vectors, traits, drafts };
}

describe('matchDraft', () => {
  const { lexical, vectors, traits, drafts } = library();
  const day = dayOf('2021-01-01') ?? 0;

  it.each(['words and meaning', 'words'])('ranks by %s as if every post that was found were looked at', (basis) => {
    drafts.forEach(({ rows, ...draft }, nth) => {
      const accept = (post: string): boolean => !post.endsWith(String(nth));
      const semantic =
        basis === 'words'
          ? null
          : {
              hits: vectors.search(rows),
              cosines: COSINES,
              compare: (posts: Iterable<string>) => onScale(vectors.compare(rows, posts), COSINES),
              passages: 3,
            };
      const { terms, all: asked, total } = heaviestTerms(draft, lexical);
      const all = fuse({ lexical: lexical.scores(terms), totalWeight: total, semantic, accept });
      const ranked = rankPosts({
        draft,
        day,
        found: all,
        accept,
        rarity: lexical.rarities(asked, RARE),
        idf: (term) => lexical.idf(term),
        compare: semantic?.compare ?? (() => new Map()),
        draftPassages: semantic?.passages ?? 0,
        unseen: semantic === null ? 0 : usualMeaning(COSINES),
        traits,
      });
      const background = { sample: [], words: 0.01, meaning: null };
      const { matches } = matchDraft({ lexical, traits }, { draft, day, accept, semantic, background });
      const hits = new Map(all.map((hit) => [hit.post, hit]));
      // Far more was found than is ranked, or nothing is tested.
      expect(all.length).toBeGreaterThan(2 * matches.length);
      expect(matches.map(({ hit, rank, parts, features }) => ({ hit, rank, parts, features }))).toEqual(
        ranked
          .filter(({ post }) => hits.has(post))
          .map(({ post, score, parts, features }) => ({ hit: hits.get(post), rank: score, parts, features })),
      );
    });
  });
});
