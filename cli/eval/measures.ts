// How good a ranking and how faithful a similarity is: nDCG and Spearman's correlation.

/** Normalised discounted cumulative gain of the first `depth` of a ranking, binary gain, 0 to 1. Järvelin and Kekäläinen, 2002. */
export function ndcg(ranking: readonly string[], relevant: ReadonlySet<string>, depth = 10): number {
  let gain = 0;
  ranking.slice(0, depth).forEach((id, rank) => {
    if (relevant.has(id)) gain += 1 / Math.log2(rank + 2);
  });
  let ideal = 0;
  for (let rank = 0; rank < Math.min(depth, relevant.size); rank++) ideal += 1 / Math.log2(rank + 2);
  return ideal === 0 ? 0 : gain / ideal;
}

/** Share of the relevant that is among the first `depth` of a ranking, 0 to 1. */
export function recall(ranking: readonly string[], relevant: ReadonlySet<string>, depth: number): number {
  return ranking.slice(0, depth).filter((id) => relevant.has(id)).length / Math.max(1, relevant.size);
}

/** Spearman's rank correlation of two lists of one length, −1 to 1; ties share their mean rank. NaN for a constant list. */
export function spearman(a: readonly number[], b: readonly number[]): number {
  return pearson(ranks(a), ranks(b));
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((value, index) => ({ value, index })).sort((x, y) => x.value - y.value);
  const found = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && order[to]?.value === order[from]?.value) to++;
    for (const { index } of order.slice(from, to)) found[index] = (from + to - 1) / 2;
    from = to;
  }
  return found;
}

function pearson(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, ofA, ofB] = [0, 0, 0];
  a.forEach((value, index) => {
    const fromA = value - meanA;
    const fromB = (b[index] ?? 0) - meanB;
    both += fromA * fromB;
    ofA += fromA * fromA;
    ofB += fromB * fromB;
  });
  return both / Math.sqrt(ofA * ofB);
}
