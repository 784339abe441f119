// Semantic textual similarity: pairs of sentences with the similarity that people gave them.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spearman } from './measures.ts';

interface Pair {
  score: number;
  first: string;
  second: string;
}

export interface StsSet {
  name: string;
  pairs: Pair[];
}

/** Where each set lies, and which columns hold the two sentences and the score. */
const SETS = [
  ...['stsb-dev', 'sts12', 'sts13', 'sts14', 'sts15'].map((name) => ({
    name,
    path: `sts-for-developers/${name}.tsv`,
    columns: { score: 1, first: 2, second: 3 },
  })),
  { name: 'sick', path: 'sick/SICK_test_annotated.txt', columns: { score: 3, first: 1, second: 2 } },
];

/** The sets that are there. */
export function readSts(data: string): StsSet[] {
  return SETS.filter(({ path }) => existsSync(join(data, path))).map(({ name, path, columns }) => {
    const pairs = readFileSync(join(data, path), 'utf8')
      .split(/\r?\n/)
      .map((line) => line.split('\t'))
      .map((cells) => ({
        score: Number.parseFloat(cells[columns.score] ?? ''),
        first: cells[columns.first] ?? '',
        second: cells[columns.second] ?? '',
      }))
      // A header, an empty line and a pair without a score have no number there.
      .filter(({ score, first, second }) => Number.isFinite(score) && first !== '' && second !== '');
    return { name, pairs };
  });
}

/** Spearman's correlation of cosines with the given scores, times 100. */
export async function judgeSts(
  { pairs }: StsSet,
  dimension: number,
  embed: (texts: readonly string[]) => Promise<Float32Array>,
): Promise<number> {
  const vectors = await embed(pairs.flatMap(({ first, second }) => [first, second]));
  const cosines = pairs.map((_, pair) => {
    const from = 2 * pair * dimension;
    let cosine = 0;
    for (let at = 0; at < dimension; at++) cosine += (vectors[from + at] ?? 0) * (vectors[from + dimension + at] ?? 0);
    return cosine;
  });
  return (
    100 *
    spearman(
      cosines,
      pairs.map(({ score }) => score),
    )
  );
}
