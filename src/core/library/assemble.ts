// Joins the parts of an open library: each knows its ports, and only this file knows them all.
import { KindredError } from '../errors.ts';
import { createIngestQueue, type IngestQueue } from '../ingest/ingestQueue.ts';
import type { PostId } from '../post.ts';
import { Bm25Index } from '../search/bm25.ts';
import type { Store } from '../store/openStore.ts';
import type { RemovedPosts } from '../store/posts.ts';
import { Catalogue } from './catalogue.ts';
import { Imports } from './imports.ts';
import type { ModelPort } from './modelPort.ts';
import { ModelSession } from './modelSession.ts';
import { pause } from './pause.ts';
import { PostFilter } from './postFilter.ts';
import { preparePost } from './preparePost.ts';
import { Shelf } from './shelf.ts';
import { UndoList } from './undo.ts';
import { VectorHold } from './vectorHold.ts';

export interface Parts {
  store: Store;
  catalogue: Catalogue;
  lexical: Bm25Index;
  vectors: VectorHold;
  shelf: Shelf;
  queue: IngestQueue;
  model: ModelSession;
  imports: Imports;
  removals: UndoList<RemovedPosts>;
  filter: PostFilter;
  /** Vectors computed since the library was opened. */
  embeddedThisSession: () => number;
}

export interface AssembleOptions {
  store: Store;
  model: ModelPort;
  now: () => number;
  onChange: () => void;
}

export function assemble({ store, model, now, onChange }: AssembleOptions): Parts {
  const catalogue = new Catalogue();
  const lexical = new Bm25Index();
  const filter = new PostFilter(store.posts);
  const vectors = new VectorHold(store, catalogue);
  let embedded = 0;

  const ready = () => {
    if (session.ready === null) throw new KindredError('worker-crashed', 'The model is not ready.');
    return session.ready;
  };
  const queue = createIngestQueue({
    prepare: async (id, signal) => preparePost({ store, catalogue, vectors }, ready(), id, signal),
    embed: async (texts, signal) => {
      const found = await ready().embedder.embed(texts, { lane: 'queue', signal });
      embedded += texts.length;
      return found;
    },
    found: (ids, rows) => vectors.add(ids, rows),
    save: (ids, rows) => vectors.save(ids, rows),
    // Only once nothing of the library waits may the vectors of an earlier model go.
    onComplete: () => void vectors.dropOthers().catch(() => undefined),
    onChange,
    now,
    wait: pause,
  });
  const shelf = new Shelf({
    store,
    catalogue,
    lexical,
    vectors,
    queue,
    now,
    onChange: (ids: readonly PostId[]) => {
      filter.touch(ids);
      onChange();
    },
  });
  const session = new ModelSession({ model, shelf, vectors, queue, settings: store.settings, onChange });
  const forget = ({ passages }: RemovedPosts): void =>
    store.vectors.release(
      passages.flatMap(({ ids }) => [...ids]).filter((passage) => catalogue.place(passage) === undefined),
    );
  return {
    store,
    catalogue,
    lexical,
    vectors,
    shelf,
    queue,
    model: session,
    imports: new Imports({ shelf, now, onForget: forget }),
    removals: new UndoList('removal', forget),
    filter,
    embeddedThisSession: () => embedded,
  };
}
