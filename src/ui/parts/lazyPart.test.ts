import { expect, it, vi } from 'vitest';
import { lazyPart, prefetchParts } from './lazyPart.ts';

const Nothing = () => null;

it('fetches every part ahead, those that a part brings included, and outlives one that fails', async () => {
  const inner = vi.fn(() => Promise.resolve(Nothing));
  const outer = vi.fn(() => {
    lazyPart(inner);
    return Promise.resolve(Nothing);
  });
  const gone = vi.fn(() => Promise.reject<typeof Nothing>(new Error('no network')));
  lazyPart(gone);
  lazyPart(outer);
  await prefetchParts();
  expect(outer).toHaveBeenCalledOnce();
  expect(inner).toHaveBeenCalledOnce();
  expect(gone).toHaveBeenCalledOnce();
});
