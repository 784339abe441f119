// A thread that stops as soon as it has asked for a write, as that of a frozen tab may; named after its database.
import { createIndexedBackend } from '../core/store/indexedBackend.ts';
import { openDatabase } from '../core/store/openDatabase.ts';
import { storedPost } from './storeRows.ts';

const STOP_MS = 20_000;
/** More than a transaction takes of them until all is asked; the browser can't answer in between. */
const MICROTASKS = 100;

const backend = createIndexedBackend(await openDatabase({ name: self.name }));
void backend.run(['posts'], 'readwrite', (transaction) => transaction.put('posts', storedPost('a')));
for (let nth = 0; nth < MICROTASKS; nth++) await Promise.resolve();
self.postMessage('stops');
const until = performance.now() + STOP_MS;
while (performance.now() < until);
self.postMessage('goes on');
