// Closing a library while its model does not answer.
import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { fakeEmbedder } from '../../testing/fakeEmbedder.ts';
import { fakeModel } from '../../testing/fakeModel.ts';
import { blog, complete, statusWhen, useLibraries } from '../../testing/libraryHarness.ts';
import { KindredError } from '../errors.ts';

const libraries = useLibraries();

/** A model whose worker is lost and being started anew: what is asked of it waits, until the model is closed. */
function silentModel() {
  const embedder = fakeEmbedder();
  const waiting: ((error: KindredError) => void)[] = [];
  embedder.countTokens = () => new Promise((_, reject) => waiting.push(reject));
  const model = fakeModel(embedder);
  const close = model.close.bind(model);
  model.close = () => {
    for (const refuse of waiting) refuse(new KindredError('disposed', 'The embedder was closed; start it again.'));
    return close();
  };
  return { model, waiting };
}

it('does not wait for a model that is being started anew, and loses no post', async () => {
  const { model, waiting } = silentModel();
  const library = libraries.open(model);
  await library.importFiles([...blog], { source: 'blog' });
  await expect.poll(() => waiting.length).toBeGreaterThan(0);
  const late = new Promise((resolve) => setTimeout(() => resolve('still open'), 3000));
  expect(await Promise.race([libraries.close(library).then(() => 'closed'), late])).toBe('closed');
  const again = libraries.open(fakeModel(fakeEmbedder()));
  expect(await statusWhen(again, complete)).toMatchObject({ posts: 3, vectors: 6 });
});
