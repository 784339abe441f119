// BM25 against the formula worked out from scratch, whatever was added and removed before.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentTerms, type DocumentTerms } from '../text/documentTerms.ts';
import { packTerms, type TermBlock } from '../text/termBlock.ts';
import { stemOf } from '../text/terms.ts';
import { Bm25Index, SATURATED } from './bm25.ts';

const post = (text: string, title = ''): DocumentTerms =>
  documentTerms({ title, summary: '', text, blocks: [], tags: [] });

const ask = (...terms: string[]): { term: string; count: number }[] => terms.map((term) => ({ term, count: 1 }));

const frequencyIn = (posts: readonly DocumentTerms[], term: string): number =>
  posts.filter(({ terms }) => terms.includes(term)).length;

/** Of a term that so many of the posts have. */
const idfOf = (frequency: number, posts: number): number => Math.log(1 + (posts - frequency + 0.5) / (frequency + 0.5));

/** Score of one post for terms without other forms, straight from the formula. */
function expected(posts: ReadonlyMap<string, DocumentTerms>, id: string, terms: readonly string[]): number {
  const all = [...posts.values()];
  const mean = all.reduce((sum, { length }) => sum + length, 0) / all.length;
  const one = posts.get(id);
  return terms.reduce((score, term) => {
    const count = one?.counts[one.terms.indexOf(term)] ?? 0;
    if (count === 0) return score;
    const idf = idfOf(frequencyIn(all, term), all.length);
    const room = 2 * (0.25 + (0.75 * (one?.length ?? 0)) / mean);
    return score + (idf * count * SATURATED) / (count + room);
  }, 0);
}

const known: string[] = [];
const vocabulary = {
  terms: known,
  get stems() {
    return known.map(stemOf);
  },
};

/** A block with its vocabulary, which grows as that of a library does. */
function blockOf(posts: readonly DocumentTerms[]): [TermBlock, typeof vocabulary] {
  const idOf = (term: string): number => {
    if (!known.includes(term)) known.push(term);
    return known.indexOf(term);
  };
  return [packTerms(posts.map(({ terms, counts, length }) => ({ ids: terms.map(idOf), counts, length }))), vocabulary];
}

// Words with no other form among them.
const WORDS = ['tide', 'ferry', 'rota', 'fog', 'pier', 'sign'];
const change = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  words: fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 12 }),
  remove: fc.boolean(),
});

interface Change {
  id: string;
  words: string[];
  remove: boolean;
}

/** An index that came through some changes, and the posts that it has by then. */
function after(changes: readonly Change[]) {
  const index = new Bm25Index();
  const posts = new Map<string, DocumentTerms>();
  for (const { id, words, remove } of changes) {
    if (remove) {
      index.remove(id);
      posts.delete(id);
    } else {
      index.add(id, post(words.join(' ')));
      posts.set(id, post(words.join(' ')));
    }
  }
  return { index, posts };
}

/** How many posts have all of the terms; counted no further than to 9. */
const countWithAll = (index: Bm25Index, terms: readonly string[]): number =>
  [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((many) => !index.fewHaveAll(terms, many)).length;

describe('Bm25Index', () => {
  it('sums what posts share of the terms that few have, each in its own form and once', () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 20 }),
        fc.uniqueArray(fc.constantFrom(...WORDS, 'signs', 'none')),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (changes, asked, most) => {
          const { index, posts } = after(changes);
          const all = [...posts.values()];
          const rarity = index.rarities(asked, most);
          for (const id of ['a', 'b', 'c', 'd', 'e']) {
            const shared = asked.filter((term) => posts.get(id)?.terms.includes(term) === true);
            const sum = shared.reduce((total, term) => {
              const frequency = frequencyIn(all, term);
              return frequency >= most * all.length ? total : total + idfOf(frequency, all.length);
            }, 0);
            expect(rarity(id)).toBeCloseTo(sum, 9);
          }
        },
      ),
    );
  });

  it('is the same whether posts come in blocks or one by one, in place of earlier ones or not, and after removals', () => {
    const words = [...WORDS, 'clock', 'clocks'];
    const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const step = fc.record({
      kind: fc.constantFrom('block', 'block', 'single', 'remove'),
      posts: fc.uniqueArray(fc.record({ id: ids, words: fc.array(fc.constantFrom(...words), { maxLength: 12 }) }), {
        selector: ({ id }) => id,
        maxLength: 5,
      }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), fc.boolean(), (steps, askBetween) => {
        const [single, whole] = [new Bm25Index(), new Bm25Index()];
        for (const { kind, posts } of steps) {
          const terms = posts.map((one) => post(one.words.join(' ')));
          const names = posts.map(({ id }) => id);
          if (kind === 'block') whole.addBlock(names, ...blockOf(terms));
          for (const [index, id] of names.entries()) {
            if (kind === 'remove') for (const one of [single, whole]) one.remove(id);
            else single.add(id, terms[index]!);
            if (kind === 'single') whole.add(id, terms[index]!);
          }
          if (askBetween) whole.search(ask('tide', 'clock'));
        }
        // Scores are summed in the order of the terms, so that they are equal to the last bit.
        expect(whole.search(ask(...words))).toEqual(single.search(ask(...words)));
        const others = single.search(ask(...words)).filter(({ post: id }) => id !== 'a');
        const { posts, score } = whole.total(ask(...words), 'a');
        expect(posts).toBe(others.length);
        expect(score).toBeCloseTo(
          others.reduce((sum, hit) => sum + hit.score, 0),
          8,
        );
        expect(words.map((term) => [whole.knows(term), whole.idf(term)])).toEqual(
          words.map((term) => [single.knows(term), single.idf(term)]),
        );
        for (const pair of [['tide', 'fog'], ['clock', 'clocks'], ['pier']])
          expect(countWithAll(whole, pair)).toBe(countWithAll(single, pair));
      }),
      { numRuns: 300 },
    );
  });

  it('scores by the formula after any adds, replacements and removals', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), fc.uniqueArray(fc.constantFrom(...WORDS)), (changes, terms) => {
        const { index, posts } = after(changes);
        const hits = index.search(ask(...terms));
        const wanted = [...posts].filter(([, { terms: has }]) => terms.some((term) => has.includes(term)));
        expect(index.size).toBe(posts.size);
        expect(hits.map((hit) => hit.post).sort()).toEqual(wanted.map(([id]) => id).sort());
        hits.forEach((hit, at) => {
          expect(hit.score).toBeCloseTo(expected(posts, hit.post, terms), 8);
          expect(hit.score).toBeLessThanOrEqual(hits[at - 1]?.score ?? Infinity);
        });
      }),
    );
  });

  it('finds another form of a word, after the word itself', () => {
    const index = new Bm25Index();
    index.add('own', post('one clock at the pier'));
    index.add('form', post('two clocks at the pier'));
    index.add('none', post('a sign at the pier'));
    expect(index.search(ask('clock')).map((hit) => hit.post)).toEqual(['own', 'form']);
    expect(
      index
        .search(ask('clocked'))
        .map((hit) => hit.post)
        .sort(),
    ).toEqual(['form', 'own']);
    expect(index.knows('clocked')).toBe(true);
    index.remove('own');
    index.remove('form');
    expect(index.knows('clocked')).toBe(false);
    expect(index.search(ask('clock'))).toEqual([]);
  });

  it('counts a word of the title more than one of the text', () => {
    const index = new Bm25Index();
    index.add('text', post('fog and rain and wind', 'a day'));
    index.add('title', post('rain and wind and a day', 'fog'));
    expect(index.search(ask('fog')).map((hit) => hit.post)).toEqual(['title', 'text']);
  });

  it('says most of a term that no post has, less of a common one', () => {
    const index = new Bm25Index();
    index.add('a', post('fog pier'));
    index.add('b', post('rain pier'));
    expect(index.idf('whale')).toBeGreaterThan(index.idf('fog'));
    expect(index.idf('fog')).toBeGreaterThan(index.idf('pier'));
    expect(index.knows('whale')).toBe(false);
  });

  it('answers nothing in an empty library', () => {
    expect(new Bm25Index().search(ask('fog'))).toEqual([]);
  });
});

it('counts the posts that have all of some terms, no further than asked', () => {
  const index = new Bm25Index();
  const add = (post: string, ...terms: string[]) =>
    index.add(post, { terms, counts: terms.map(() => 1), length: terms.length });
  add('a', 'tide', 'slip', 'ferry');
  add('b', 'tide', 'slip');
  add('c', 'tide');
  expect(countWithAll(index, ['tide'])).toBe(3);
  expect(countWithAll(index, ['tide', 'slip'])).toBe(2);
  expect(countWithAll(index, ['slip', 'ferry', 'tide'])).toBe(1);
  expect(countWithAll(index, ['tide', 'unknown'])).toBe(0);
  index.remove('a');
  expect(countWithAll(index, ['tide', 'slip'])).toBe(1);
});
