// What the measure counts, on a made-up clock.
import { describe, expect, test } from 'vitest';
import { fakeEmbedder } from '../../testing/fakeEmbedder.ts';
import { embedTimed } from './embedTimed.ts';

describe('embedding with a watch', () => {
  test('gives the same rows as one call', async () => {
    const embedder = fakeEmbedder();
    const texts = ['one', 'two words', 'three whole words'];
    const { rows } = await embedTimed(embedder, texts, [3, 4, 5]);
    expect(rows).toEqual(await embedder.embed(texts, { lane: 'queue' }));
  });

  test('takes the median of the longer texts, and not the first, which warms up', async () => {
    const embedder = fakeEmbedder();
    let clock = 0;
    const steps = [1000, 10, 10, 10, 900];
    embedder.before = () => {
      clock += steps.shift() ?? 0;
    };
    const timed = await embedTimed(embedder, ['a', 'b', 'c', 'd', 'e'], [100, 30, 3, 50, 40], { now: () => clock });
    expect(timed.tokensPerSecond).toBe(3000);
  });

  test('says nothing where all texts are short', async () => {
    expect((await embedTimed(fakeEmbedder(), ['a', 'b'], [3, 3])).tokensPerSecond).toBeNull();
  });
});
