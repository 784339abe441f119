// Taking posts out, and putting back what was taken out.
import type { Removal } from '../libraryApi.ts';
import type { PostId } from '../post.ts';
import type { Store } from '../store/openStore.ts';
import type { DoneRequests } from './doneRequests.ts';
import type { Shelf } from './shelf.ts';

export interface RemovalsPorts {
  shelf: Shelf;
  done: DoneRequests;
  store: Pick<Store, 'drain'>;
}

export class Removals {
  readonly #ports: RemovalsPorts;

  constructor(ports: RemovalsPorts) {
    this.#ports = ports;
  }

  /** A removal that was done under this id is not done again. */
  async remove(ids: readonly PostId[], request?: string): Promise<Removal> {
    const { shelf, done, store } = this.#ports;
    const id = request ?? done.newId();
    const before = request === undefined ? null : await done.find(request);
    const removed = before?.before ?? (await shelf.remove(ids, done.noteRemoval(id)));
    await done.trim().catch(() => undefined);
    // Room was made: what a full disk kept in memory may fit now.
    await store.drain();
    return { id, count: removed.posts.length };
  }

  /** Once; a second time there is nothing to do. Rejects with `unexpected` when it is too long ago. */
  async restore(id: string): Promise<void> {
    const { shelf, done } = this.#ports;
    const { before, undone } = await done.take(id);
    if (!undone) await shelf.restore(before, done.noteUndone(id));
  }
}
