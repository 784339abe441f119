// The library as the page gets it: its worker, the embedder's worker below it, the shipped model and a real database.
import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LibraryApi, LibraryStatus } from '../core/index.ts';
import { blog, query } from '../testing/libraryHarness.ts';
import { connect } from './rpc/index.ts';
import type { Connection } from './rpc/index.ts';

const open: Connection<LibraryApi>[] = [];

function start(): Connection<LibraryApi>['remote'] {
  const worker = new Worker(new URL('./library.worker.ts', import.meta.url), { type: 'module' });
  const connection = connect<LibraryApi>(worker, 'The library');
  open.push(connection);
  return connection.remote;
}

async function end(): Promise<void> {
  for (const connection of open.splice(0)) {
    await connection.remote.close();
    connection.close();
  }
}

function when(library: Connection<LibraryApi>['remote'], wanted: (status: LibraryStatus) => boolean) {
  return vi.waitFor(
    async () => {
      const status = await library.status();
      if (!wanted(status)) throw new Error(`The library stands at ${JSON.stringify(status)}`);
      return status;
    },
    { timeout: 90_000, interval: 50 },
  );
}

const complete = ({ model, queue, vectors, passages }: LibraryStatus): boolean =>
  model.state === 'ready' && queue.waiting === 0 && queue.state === 'idle' && vectors > 0 && vectors === passages;

beforeEach(() => deleteDB('kindred'));
afterEach(end);

describe('the library in its worker', () => {
  test('imports, embeds on the device, suggests by meaning, and after a reload embeds nothing again', async () => {
    const library = start();
    expect((await library.open({ provider: 'wasm' })).storage.kind).toBe('indexeddb');
    const report = await library.importFiles([...blog], { source: 'blog' });
    expect(report.added).toHaveLength(3);
    const status = await when(library, complete);
    expect(status.plan).toMatchObject({ provider: 'wasm', format: 'int8' });
    expect(status.embeddedThisSession).toBe(status.vectors);
    const question = query(
      '',
      'An engineer on call had to get up in the night, as an alarm rang for a sign on the quay.',
    );
    const answer = await library.suggest(question);
    expect(answer.basis).toBe('words-and-meaning');
    expect(answer.draft[0]?.title).toBe('Pager');
    await end();

    const again = start();
    await again.open({ provider: 'wasm' });
    const reopened = await when(again, complete);
    expect(reopened).toMatchObject({ posts: 3, vectors: status.vectors, embeddedThisSession: 0 });
    const { scores } = (await again.suggest(question)).draft[0] ?? {};
    expect(scores?.cosine).toBe(answer.draft[0]?.scores.cosine);
  });

  test('answers by words while the model is missing, says so, and tries again when asked', async () => {
    const library = start();
    await library.open({ modelList: new URL('/models/none/models.json', location.origin).href });
    await library.importFiles([...blog], { source: 'blog' });
    const failed = await when(library, ({ model }) => model.state === 'failed');
    expect(failed.queue).toMatchObject({ state: 'paused', waiting: 3 });
    expect(failed.queue.reason).not.toBe('');
    const answer = await library.suggest(query('The tide table of the harbour'));
    expect(answer.basis).toBe('words');
    expect(answer.draft[0]?.title).toBe('Tides');
    await library.retryModel();
    await when(library, ({ model }) => model.state === 'failed');
  });
});
