// A thread that stops in the middle of its work with the database, as that of a frozen tab may; named after how, and after its database.
import { fenced } from '../core/store/fence.ts';
import { createIndexedBackend } from '../core/store/indexedBackend.ts';
import { openDatabase } from '../core/store/openDatabase.ts';
import { postId } from '../core/post.ts';
import { storedPost } from './storeRows.ts';

const STOP_MS = 10_000;
/** More than a transaction takes of them until all is asked; the browser can't answer in between. */
const MICROTASKS = 100;
/** As long as nothing that goes to the disk in one piece. */
const LONG = 'A long text. '.repeat(200_000);

function stop(): void {
  self.postMessage('stops');
  const until = performance.now() + STOP_MS;
  while (performance.now() < until);
  self.postMessage('goes on');
}

async function stopAfterAsking(): Promise<void> {
  for (let nth = 0; nth < MICROTASKS; nth++) await Promise.resolve();
  stop();
}

const [how = '', name = ''] = self.name.split(' ');
const disk = createIndexedBackend(await openDatabase({ name }));
const ways: Record<string, () => Promise<unknown>> = {
  async 'asked-to-write'() {
    const written = disk.run(['posts'], 'readwrite', (transaction) => transaction.put('posts', storedPost('a')));
    await stopAfterAsking();
    return written;
  },
  async 'shared,-asked-to-write'() {
    const shared = fenced(disk);
    await shared.run(['posts'], 'readonly', (transaction) => transaction.count('posts'));
    const written = shared.run(['posts'], 'readwrite', (transaction) =>
      transaction.put('posts', storedPost('a', LONG)),
    );
    await stopAfterAsking();
    return written;
  },
  'shared,-between-reading-and-writing': () =>
    fenced(disk).run(['posts', 'meta'], 'readwrite', async (transaction) => {
      await transaction.get('posts', postId('a'));
      stop();
      await transaction.put('posts', storedPost('a'));
    }),
  'shared,-between-two-reads': () =>
    fenced(disk).run(['posts', 'meta'], 'readonly', async (transaction) => {
      await transaction.get('posts', postId('a'));
      stop();
      await transaction.get('posts', postId('a'));
    }),
};
await ways[how]?.().then(
  () => self.postMessage('done'),
  (error: unknown) => self.postMessage((error as { code?: string }).code ?? String(error)),
);
