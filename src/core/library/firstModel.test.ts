// Which model a new library is read with, as it is measured, and as the list of models is there or not.
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { deleteSetting } from '../../testing/deleteSetting.ts';
import { BASE, embedderOf, manualModels, queued, readyModels } from '../../testing/fakeModels.ts';
import { blog, complete, query, statusWhen, useLibraries } from '../../testing/libraryHarness.ts';
import { KindredError } from '../errors.ts';

const libraries = useLibraries();
const TIDE = query('The tide table of the harbour');

describe('a new library', () => {
  it('measures the quick model and stays with it on a slow device', async () => {
    const { supply, started, last } = manualModels();
    const library = libraries.open(supply);
    await library.importFiles([...blog], { source: 'blog' });
    await expect.poll(() => started.length).toBe(1);
    expect((await library.status()).models.choice).toBeNull();
    last('quick').ready(embedderOf('quick'), { tokensPerSecond: 3_000 });
    const { models } = await statusWhen(library, complete);
    expect(models.choice).toMatchObject({ model: 'quick', by: 'rate', measured: { ms: 100_000, thoroughMs: 200_000 } });
    expect(started.map(({ id }) => id)).toEqual(['quick']);
    expect(models.options.map(({ id, msPerPost }) => [id, msPerPost])).toEqual([
      ['quick', 200],
      ['thorough', 400],
      ['base', 200],
    ]);
  });

  it('goes on to the thorough one on a fast device, before anything was embedded, and remembers it', async () => {
    const { supply, started, last } = manualModels();
    const library = libraries.open(supply);
    await library.importFiles([...blog], { source: 'blog' });
    await expect.poll(() => started.length).toBe(1);
    const quick = embedderOf('quick');
    last('quick').ready(quick, { tokensPerSecond: 50_000 });
    await expect.poll(() => started.length).toBe(2);
    const thorough = embedderOf('thorough');
    last('thorough').ready(thorough);
    const status = await statusWhen(library, complete);
    expect(status.models.choice).toMatchObject({ model: 'thorough', by: 'rate', measured: { model: 'quick' } });
    expect(queued(quick)).toEqual([]);
    expect(queued(thorough)).toHaveLength(status.vectors);
    expect(started[0]?.model.running).toBe(false);
    await libraries.close(library);

    const again = manualModels();
    const reopened = libraries.open(again.supply);
    await reopened.open();
    await expect.poll(() => again.started.map(({ id }) => id)).toEqual(['thorough']);
    expect((await reopened.status()).models.choice).toMatchObject({ model: 'thorough', measured: { device: '' } });
  });

  it('takes the quick one after all when the thorough one does not start', async () => {
    const { supply, started, last } = manualModels();
    const library = libraries.open(supply);
    await library.importFiles([...blog], { source: 'blog' });
    await expect.poll(() => started.length).toBe(1);
    last('quick').ready(embedderOf('quick'), { tokensPerSecond: 50_000 });
    await expect.poll(() => started.length).toBe(2);
    last('thorough').fail('It is not there.');
    const status = await statusWhen(library, complete);
    expect(status.models.choice).toMatchObject({ model: 'quick', by: 'rate' });
    expect((await library.suggest(TIDE)).basis).toBe('words-and-meaning');
  });

  it('has the only model there is', async () => {
    const library = libraries.open(readyModels([BASE]).supply);
    await library.importFiles([...blog], { source: 'blog' });
    expect((await statusWhen(library, complete)).models.choice).toMatchObject({ model: 'base', by: 'only' });
  });

  it('takes the model of an author who did not wait for the decision', async () => {
    const { supply, started, last } = manualModels();
    const library = libraries.open(supply);
    await library.importFiles([...blog], { source: 'blog' });
    await expect.poll(() => started.length).toBe(1);
    await library.chooseModel('base');
    expect(started[0]?.model.running).toBe(false);
    last('base').ready(embedderOf('base'));
    expect((await statusWhen(library, complete)).models).toMatchObject({
      choice: { model: 'base', by: 'person' },
      change: null,
    });
  });

  it('says that the list of models is not there, and tries again when asked', async () => {
    const { supply } = readyModels([BASE]);
    let broken = true;
    const list = () =>
      broken ? Promise.reject(new KindredError('model-missing', 'The list is not there.')) : supply.list();
    const library = libraries.open({ ...supply, list });
    const failed = await statusWhen(library, ({ model }) => model.state === 'failed');
    expect(failed.model).toMatchObject({ code: 'model-missing' });
    broken = false;
    await library.retryModel();
    await statusWhen(library, complete);
  });
});

describe('a library from before there was a choice', () => {
  it('stays with the model that it was read with', async () => {
    const first = libraries.open(readyModels([BASE]).supply);
    await first.importFiles([...blog], { source: 'blog' });
    await statusWhen(first, complete);
    await libraries.close(first);
    await deleteSetting(libraries.database(), 'model choice');
    const { supply, embedders } = readyModels();
    const second = libraries.open(supply);
    const status = await statusWhen(second, (now) => complete(now) && now.vectors > 0);
    expect(status.models.choice).toMatchObject({ model: 'base', by: 'library' });
    expect(queued(embedders['base'])).toEqual([]);
  });
});

describe('what is kept and what was found out', () => {
  it('is forgotten when the author says so: the files of a model, and a refusal, after which the model starts anew', async () => {
    const { supply, started, last } = manualModels();
    const forgotten: string[] = [];
    const kept = new Set(['quick', 'thorough']);
    const library = libraries.open({
      ...supply,
      facts: async (id, provider) => {
        const here = kept.has(id);
        return { ...(await supply.facts(id, provider)), kept: here, keptBytes: here ? 1_000 : 0 };
      },
      forget: async (id) => void kept.delete(id),
      forgetRefusal: async (key, what) => void forgotten.push(`${key}: ${what}`),
    });
    await library.open();
    await expect.poll(() => started.length).toBe(1);
    // Nothing was planned yet: there is nothing to forget.
    await library.tryBackendAgain('webgpu');
    expect(forgotten).toEqual([]);
    last('quick').plan({ key: 'this device' });
    last('quick').ready(embedderOf('quick'), { tokensPerSecond: 3_000 });
    const sizes = async () => (await library.status()).models.options.map(({ id, keptBytes }) => [id, keptBytes]);
    await expect.poll(sizes).toEqual([
      ['quick', 1_000],
      ['thorough', 1_000],
      ['base', 0],
    ]);
    await library.forgetModelFiles('thorough');
    expect(await sizes()).toEqual([
      ['quick', 1_000],
      ['thorough', 0],
      ['base', 0],
    ]);
    await library.tryBackendAgain('webgpu');
    expect(forgotten).toEqual(['this device: webgpu']);
    expect(last('quick').retries).toBe(1);
  });
});
