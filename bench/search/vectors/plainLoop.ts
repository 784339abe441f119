// What anybody would write: a loop over float32, four sums at once as engines like it.
import { TOP, type VectorContender } from '../contender.ts';

export const plainLoop: VectorContender = {
  name: 'JavaScript loop, float32',
  exact: true,
  limit: Infinity,
  build({ rows, dimension, count }) {
    const ask = ({ floats }: { floats: Float32Array }): number[] => {
      const best = new Array<number>(TOP).fill(-1);
      const scores = new Array<number>(TOP).fill(-Infinity);
      for (let row = 0; row < count; row++) {
        const cosine = dot(rows, row * dimension, floats);
        if (cosine <= scores[TOP - 1]!) continue;
        let place = TOP - 1;
        for (; place > 0 && scores[place - 1]! < cosine; place--) {
          scores[place] = scores[place - 1]!;
          best[place] = best[place - 1]!;
        }
        scores[place] = cosine;
        best[place] = row;
      }
      return best;
    };
    return { ways: [{ setting: '', ask }], memory: rows.byteLength };
  },
};

function dot(rows: Float32Array, from: number, query: Float32Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let at = 0; at < query.length; at += 4) {
    a += rows[from + at]! * query[at]!;
    b += rows[from + at + 1]! * query[at + 1]!;
    c += rows[from + at + 2]! * query[at + 2]!;
    d += rows[from + at + 3]! * query[at + 3]!;
  }
  return a + b + c + d;
}
