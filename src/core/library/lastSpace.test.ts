// The space that a library was read with, as this version and those before it remember it.
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { fakeEmbedder } from '../../testing/fakeEmbedder.ts';
import { fakeModel } from '../../testing/fakeModel.ts';
import { blog, complete, statusWhen, useLibraries } from '../../testing/libraryHarness.ts';
import { spaceKey } from '../embedding.ts';
import { openDatabase } from '../store/openDatabase.ts';

const libraries = useLibraries();

async function filled(): Promise<void> {
  const library = libraries.open(fakeModel(fakeEmbedder()));
  await library.importFiles([...blog], { source: 'blog' });
  await statusWhen(library, complete);
  await libraries.close(library);
}

/** What a version wrote that knew no prefixes. */
async function forgetPrefix(): Promise<void> {
  const { database } = await openDatabase({ name: libraries.database() });
  const row = await database.get('meta', 'last space');
  const { space, rule } = row?.value as { space: Record<string, unknown>; rule: string };
  const { prefix, ...earlier } = space;
  expect(prefix).toBe('');
  await database.put('meta', { key: 'last space', value: { space: earlier, rule } });
  database.close();
}

describe('an embedding space', () => {
  const { space } = fakeEmbedder();

  it('is another with another prefix, whatever else the two are', () => {
    const keys = ['', ' ', 'query: ', 'int8', '"'].map((prefix) => spaceKey({ ...space, prefix }));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('without a prefix has the key that it had before prefixes were part of it', () => {
    const { model, modelHash, tokenizerHash, pooling, normalised, dimension, passageRule, numeric } = space;
    const earlier = [model, modelHash, tokenizerHash, pooling, normalised, dimension, passageRule, numeric].join('|');
    expect(spaceKey(space)).toBe(earlier);
  });
});

describe('a library that was read before prefixes were part of a space', () => {
  it('opens with its vectors, and embeds nothing again', async () => {
    await filled();
    await forgetPrefix();
    const embedder = fakeEmbedder();
    const status = await statusWhen(libraries.open(fakeModel(embedder)), complete);
    expect(status).toMatchObject({ posts: 3, embeddedThisSession: 0 });
    expect(embedder.embedded.queue).toEqual([]);
  });

  it('finds its vectors before the model has started', async () => {
    await filled();
    await forgetPrefix();
    const library = libraries.open(fakeModel());
    expect((await statusWhen(library, ({ vectors }) => vectors > 0)).vectors).toBeGreaterThan(0);
  });
});
