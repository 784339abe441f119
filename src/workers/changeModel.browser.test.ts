// Changing the model of a library in the shipped workers, in a real browser, with its worker killed in the middle.
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LibraryApi, LibraryStatus } from '../core/index.ts';
import { file, query } from '../testing/libraryHarness.ts';
import { connect } from './rpc/index.ts';
import type { Connection } from './rpc/index.ts';

/** Seven times a library is read or opened: on a crowded machine that takes its time. */
const SLOW = { timeout: 400_000 };
const LIST = new URL('/src/testing/models/models.json', location.origin).href;
const open: { connection: Connection<LibraryApi>; worker: Worker }[] = [];

async function start(): Promise<Connection<LibraryApi>['remote']> {
  const worker = new Worker(new URL('./library.worker.ts', import.meta.url), { type: 'module' });
  const connection = connect<LibraryApi>(worker, 'The library');
  open.push({ connection, worker });
  await connection.remote.open({ provider: 'wasm', modelList: LIST });
  return connection.remote;
}

/** As when the page is closed without warning. */
function kill(): void {
  for (const { worker } of open.splice(0)) worker.terminate();
}

function when(library: Connection<LibraryApi>['remote'], wanted: (status: LibraryStatus) => boolean) {
  return vi.waitFor(
    async () => {
      const status = await library.status();
      if (!wanted(status)) throw new Error(`The library stands at ${JSON.stringify(status)}`);
      return status;
    },
    { timeout: 200_000, interval: 20 },
  );
}

const complete = ({ model, queue, vectors, passages }: LibraryStatus): boolean =>
  model.state === 'ready' && queue.waiting === 0 && queue.state === 'idle' && vectors > 0 && vectors === passages;

/** Without dates words decide: what the vectors of a model with random weights say of a post is chance. */
const undated = (title: string, body: string): string => `---\ntitle: ${title}\n---\n\n${body}\n`;

/** Of words that the tiny vocabulary has. */
const WORDS = 'water time work people house school world night church city family music war book film town river'.split(
  ' ',
);
const posts = Array.from({ length: 120 }, (_, n) => {
  const word = (at: number): string => WORDS[(n * 7 + at * (1 + (n % 5))) % WORDS.length] ?? '';
  const body = Array.from({ length: 8 }, (_, at) => `The ${word(at)} of the ${word(at + 3)} was ${word(at + 5)}.`).join(
    ' ',
  );
  return file(`p${n}.md`, undated(`${word(0)} and ${word(1)} ${n}`, body));
});
const target = file('target.md', undated('The president', 'The church of the town had music at night.'));
const question = query('President', 'The president at the church of the town, and music at night.', {
  amount: 'more',
});

beforeEach(() => deleteDB('kindred'));
afterEach(async () => {
  for (const { connection } of open.splice(0)) {
    await connection.remote.close();
    connection.close();
  }
});

test(
  'a library changes its model: the old one answers until the new one has read everything, over reloads',
  SLOW,
  async () => {
    const first = await start();
    await first.importFiles([...posts, target], { source: 'blog' });
    const before = await when(first, complete);
    expect(before.models.choice).toMatchObject({ model: 'tiny' });
    expect(before.models.options).toMatchObject([
      { id: 'tiny', size: 'quick', kept: true, dimension: 64 },
      { id: 'tiny-2', size: 'base', dimension: 32 },
    ]);
    const old = await first.suggest(question);
    expect(old.draft[0]?.title).toBe('The president');

    await first.chooseModel('tiny-2');
    // Well over what is gathered before it is written: some of it is on the disk when the worker dies.
    await when(first, ({ models }) => models.change !== null && models.change.waiting < models.change.posts - 70);
    kill();

    const second = await start();
    const during = await when(second, ({ model, models }) => model.state === 'ready' && models.change !== null);
    expect(during).toMatchObject({ vectors: before.vectors, model: { model: 'tiny', dimension: 64 } });
    const same = await second.suggest(question);
    expect(same.basis).toBe('words-and-meaning');
    expect(same.draft[0]?.scores).toEqual(old.draft[0]?.scores);

    const after = await when(second, (status) => status.models.choice?.model === 'tiny-2' && complete(status));
    expect(after).toMatchObject({ models: { change: null }, model: { model: 'tiny-2', dimension: 32, width: 64 } });
    // What the first visit had read was not read again.
    expect(after.embeddedThisSession).toBeLessThan(after.vectors);
    const fresh = await second.suggest(question);
    expect(fresh.draft[0]?.title).toBe('The president');
    expect(fresh.draft[0]?.scores.cosine).not.toBe(old.draft[0]?.scores.cosine);
    kill();

    const third = await start();
    const reopened = await when(third, complete);
    expect(reopened).toMatchObject({ vectors: after.vectors, embeddedThisSession: 0, models: { change: null } });
    expect((await third.suggest(question)).draft[0]?.scores).toEqual(fresh.draft[0]?.scores);
  },
);

test('a change given up leaves the library as it was', SLOW, async () => {
  const library = await start();
  await library.importFiles([...posts, target], { source: 'blog' });
  const before = await when(library, complete);
  const old = await library.suggest(question);
  await library.chooseModel('tiny-2');
  await when(library, ({ models }) => models.change !== null && models.change.waiting < models.change.posts - 5);
  await library.cancelModelChange();
  kill();
  const again = await start();
  const after = await when(again, complete);
  expect(after).toMatchObject({ vectors: before.vectors, embeddedThisSession: 0, models: { change: null } });
  expect(after.models.choice).toMatchObject({ model: 'tiny' });
  expect((await again.suggest(question)).draft[0]?.scores).toEqual(old.draft[0]?.scores);
});
