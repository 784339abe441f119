// Vectors of two embedding spaces are never compared, however alike they look.
import { describe, expect, it } from 'vitest';
import { fakeEmbedder } from '../../testing/fakeEmbedder.ts';
import { embedRows, spaceKey } from '../embedding.ts';
import { Catalogue } from './catalogue.ts';
import { PassageIndex } from './passageIndex.ts';

describe('a passage index', () => {
  it('refuses a question of another space, of the same model on another processor too', async () => {
    const embedder = fakeEmbedder();
    const index = new PassageIndex(spaceKey(embedder.space), embedder.space.dimension, new Catalogue());
    expect(index.search(await embedRows(embedder, ['tide'], { lane: 'draft' }))).toEqual([]);
    for (const other of [fakeEmbedder({ model: 'other' }), fakeEmbedder({ numeric: 'int8' })]) {
      const question = await embedRows(other, ['tide'], { lane: 'draft' });
      expect(() => index.search(question)).toThrow(expect.objectContaining({ code: 'space-mismatch' }));
    }
  });
});
