// Judges the detector as it ships on one set: candidates by words, each judged, meaning asked for only where it decides.
import type { CosineScale } from '../../../src/core/embedding.ts';
import { fingerprintOf, type Fingerprint } from '../../../src/core/rank/duplicates/fingerprint.ts';
import { judgePair } from '../../../src/core/rank/duplicates/judge.ts';
import { libraryWords } from '../../../src/core/rank/duplicates/libraryWords.ts';
import { TitleCounts } from '../../../src/core/rank/duplicates/titleCounts.ts';
import { meaningBetween } from '../../../src/core/rank/duplicates/meaning.ts';
import { CANDIDATES } from '../../../src/core/rank/duplicates/candidates.ts';
import { Bm25Index } from '../../../src/core/search/bm25.ts';
import { onScale } from '../../../src/core/search/fusion.ts';
import { documentTerms } from '../../../src/core/text/documentTerms.ts';
import { heaviestTerms } from '../../../src/core/text/heaviestTerms.ts';
import { cutPassages } from '../../../src/core/text/passages.ts';
import type { SitePorts } from '../siteLibrary.ts';
import type { AskedPost, DuplicateSet } from './duplicateSet.ts';

export interface DuplicateScores {
  /** Pairs that say the same, and those among them that were found. */
  same: number;
  found: number;
  /** Posts that were asked with and say what no other says. */
  different: number;
  /** Pairs that were called the same and aren't. */
  wrong: number;
  precision: number;
  recall: number;
  /** Recall had words alone decided. */
  recallByWords: number;
  wrongByWords: number;
  /** Mean milliseconds for one post against its candidates, their fingerprints known, vectors aside. */
  ms: number;
}

export interface Mistake {
  kind: 'missed' | 'wrong';
  post: AskedPost;
  other: AskedPost;
}

export async function judgeDuplicates(
  { library, queries }: DuplicateSet,
  cosines: CosineScale,
  ports: SitePorts,
  onMistake: (mistake: Mistake) => void = () => undefined,
): Promise<DuplicateScores> {
  const lexical = new Bm25Index();
  const titles = new TitleCounts();
  for (const post of library) {
    lexical.add(post.id, documentTerms(post));
    titles.put(post.id, post.title);
  }
  const words = libraryWords(lexical, titles);
  const byId = new Map(library.map((post) => [post.id, post]));
  const prints = new Map<string, Fingerprint>();
  const vectors = new Map<string, Promise<Float32Array>>();

  const printOf = (post: AskedPost): Fingerprint => {
    const print = prints.get(post.id) ?? fingerprintOf(post);
    prints.set(post.id, print);
    return print;
  };
  const vectorsOf = (post: AskedPost): Promise<Float32Array> => {
    const key = `${post.id}\n${post.title}`;
    const rows =
      vectors.get(key) ?? cutPassages(post, ports.limits).then((cut) => ports.embed(cut.map(({ text }) => text)));
    vectors.set(key, rows);
    return rows;
  };

  const totals = { same: 0, found: 0, wrong: 0, byWords: 0, wrongByWords: 0, ms: 0 };
  for (const { post, same, unjudged } of queries) {
    const hits = lexical.search(heaviestTerms(post, lexical).terms).filter((hit) => hit.post !== post.id);
    const candidates = hits.slice(0, CANDIDATES).flatMap((hit) => byId.get(hit.post) ?? []);
    for (const other of candidates) printOf(other);
    const started = performance.now();
    const first = fingerprintOf(post);
    const verdicts = candidates.map((other) => {
      const pair = { first, second: printOf(other), secondIsOlder: isOlder(other, post) };
      const byWords = judgePair({ ...pair, meaning: null }, words) !== null;
      return { other, pair, byWords };
    });
    totals.ms += performance.now() - started;
    const missed = new Set(same);
    for (const { other, pair, byWords } of verdicts) {
      let called = byWords;
      if (!called && judgePair({ ...pair, meaning: Infinity }, words) !== null) {
        const meaning = await compare(post, other);
        called = judgePair({ ...pair, meaning }, words) !== null;
      }
      if (same.has(other.id)) {
        if (called) totals.found++;
        if (byWords) totals.byWords++;
        if (called) missed.delete(other.id);
      } else if (!unjudged(other)) {
        if (called) totals.wrong++;
        if (byWords) totals.wrongByWords++;
        if (called) onMistake({ kind: 'wrong', post, other });
      }
    }
    totals.same += same.size;
    for (const id of missed) {
      const other = byId.get(id);
      if (other !== undefined) onMistake({ kind: 'missed', post, other });
    }
  }
  const { same, found, wrong, byWords, wrongByWords, ms } = totals;
  return {
    same,
    found,
    different: queries.filter((query) => query.same.size === 0).length,
    wrong,
    precision: (100 * found) / Math.max(1, found + wrong),
    recall: (100 * found) / Math.max(1, same),
    recallByWords: (100 * byWords) / Math.max(1, same),
    wrongByWords,
    ms: ms / Math.max(1, queries.length),
  };

  async function compare(post: AskedPost, other: AskedPost): Promise<number | null> {
    const { dimension } = ports;
    const [here, there] = [await vectorsOf(post), await vectorsOf(other)];
    const rows = here.length / dimension;
    const columns = there.length / dimension;
    const found = new Float32Array(rows * columns);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        let dot = 0;
        for (let at = 0; at < dimension; at++) dot += here[row * dimension + at]! * there[column * dimension + at]!;
        found[row * columns + column] = dot;
      }
    }
    onScale(new Map([['', found]]), cosines);
    return meaningBetween(found, rows);
  }
}

const isOlder = (other: AskedPost, post: AskedPost): boolean =>
  other.date !== '' && post.date !== '' && other.date < post.date;
