// Which size a new library starts with, by what was measured.
import { describe, expect, it } from 'vitest';
import type { ListedModel } from '../model/modelList.ts';
import { decideSize } from './decideSize.ts';

const quick: ListedModel = { id: 'quick', size: 'quick', layers: 6 };
const thorough: ListedModel = { id: 'thorough', size: 'thorough', layers: 12 };
const base: ListedModel = { id: 'base', size: 'base', layers: 6 };
const measured = (tokensPerSecond: number, tokensPerPost = 600) => ({
  model: quick,
  tokensPerSecond,
  tokensPerPost,
  device: 'wasm int8 ×2',
});

describe('the size that a new library starts with', () => {
  it('is quick where twice the time would be over two minutes for 500 posts, and says what was measured', () => {
    const choice = decideSize([quick, thorough, base], measured(3_000));
    expect(choice).toMatchObject({ model: 'quick', by: 'rate' });
    expect(choice.measured).toMatchObject({ msPerPost: 200, ms: 100_000, thoroughMs: 200_000, posts: 500 });
  });

  it('is thorough from the rate on at which 500 posts fit two minutes, and not below', () => {
    expect(decideSize([quick, thorough], measured(5_000)).model).toBe('thorough');
    expect(decideSize([quick, thorough], measured(4_999)).model).toBe('quick');
    expect(decideSize([quick, thorough], measured(5_000)).measured).toMatchObject({ msPerPost: 240, ms: 120_000 });
  });

  it('follows how long posts are here', () => {
    expect(decideSize([quick, thorough], measured(3_000, 300)).model).toBe('thorough');
    expect(decideSize([quick, thorough], measured(6_000, 2_000)).model).toBe('quick');
  });

  it('is quick on a slow device too, where even that takes longer', () => {
    expect(decideSize([quick, thorough], measured(100)).model).toBe('quick');
  });

  it('is the one that is there, however fast the device', () => {
    expect(decideSize([quick], measured(1e6))).toMatchObject({ model: 'quick', by: 'only' });
    expect(decideSize([base], { ...measured(1e6), model: base })).toMatchObject({ model: 'base', by: 'only' });
    expect(decideSize([base, thorough], { ...measured(1e6), model: base })).toMatchObject({
      model: 'base',
      measured: { thoroughMs: null },
    });
  });

  it('is the first one where nothing could be measured', () => {
    expect(decideSize([quick, thorough], null)).toEqual({ model: 'quick', by: 'rate', measured: null });
    expect(decideSize([base], null)).toEqual({ model: 'base', by: 'only', measured: null });
  });
});
