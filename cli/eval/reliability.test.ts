import { describe, expect, it } from 'vitest';
import type { SiteAnswer } from './askSite.ts';
import { calibrationError, diagram, Reliability } from './reliability.ts';

/** An answer whose suggestions have these probabilities; the first `linked` of them are right. */
function answer(probabilities: number[], linked: number): SiteAnswer {
  const matches = probabilities.map((probability, at) => ({ probability, hit: { post: `p${at}` } }));
  const relevant = new Set(matches.slice(0, linked).map(({ hit }) => hit.post));
  return { relevant, matches } as unknown as SiteAnswer;
}

describe('reliability', () => {
  it('sets what was said against what came true', () => {
    const judged = new Reliability();
    judged.add(answer([0.92, 0.98], 1));
    judged.add(answer([0.25], 1));
    expect(judged.bins({ strangers: false })).toEqual([
      { said: expect.closeTo(0.25) as number, true: 1, share: 0.5 },
      { said: expect.closeTo(0.95) as number, true: 0.5, share: 0.5 },
    ]);
    expect(calibrationError(judged.bins({ strangers: false }))).toBeCloseTo(0.5 * 0.75 + 0.5 * 0.45);
  });

  it('takes half of the drafts from strangers, however many there are', () => {
    const judged = new Reliability();
    judged.add(answer([0.5], 1));
    for (let n = 0; n < 3; n++) judged.add(answer([0.1], 0));
    const bins = judged.bins({ strangers: true });
    expect(bins.map(({ share }) => share)).toEqual([expect.closeTo(0.5), expect.closeTo(0.5)]);
    expect(judged.bins({ strangers: false })).toHaveLength(1);
  });

  it('counts a draft as one, however many suggestions it has, and no more than are shown', () => {
    const judged = new Reliability();
    judged.add(answer([0.35], 1));
    judged.add(
      answer(
        Array.from({ length: 20 }, () => 0.75),
        1,
      ),
    );
    const [low, high] = judged.bins({ strangers: false });
    expect(low?.share).toBeCloseTo(0.5);
    expect(high?.share).toBeCloseTo(0.5);
    expect(high?.true).toBeCloseTo(1 / 8);
  });

  it('is drawn, a dot for each bin', () => {
    const svg = diagram([{ name: 'a < b', bins: [{ said: 0.2, true: 0.3, share: 1 }] }]);
    expect(svg).toContain('a &lt; b: error 0.100');
    expect(svg.match(/<circle/g)).toHaveLength(1);
    expect(svg).toContain('cx="52.0"');
  });
});
