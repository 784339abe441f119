// Joins the parts of an open library: each knows its ports, and only this file knows them all.
import { embedRows } from '../embedding.ts';
import { TraitIndex } from '../rank/postTraits.ts';
import { Bm25Index } from '../search/bm25.ts';
import type { Store } from '../store/openStore.ts';
import type { PostId } from '../post.ts';
import type { RemovedPosts } from '../store/posts.ts';
import { CrossPosts } from './crossPosts.ts';
import { DoneRequests } from './doneRequests.ts';
import { Foreground } from './foreground.ts';
import { Imports } from './imports.ts';
import { lastSpaceRow, stillIn } from './lastSpace.ts';
import { embedInBackground } from './modelChange.ts';
import type { ModelSupply } from './modelPort.ts';
import { Models } from './models.ts';
import { NearDuplicates } from './nearDuplicates.ts';
import { Languages } from './languages.ts';
import { Pace } from './pace.ts';
import { PostFilter } from './postFilter.ts';
import { Removals } from './removals.ts';
import { Repetition } from './repetition.ts';
import { Shelf } from './shelf.ts';
import { ShownPosts } from './shownPosts.ts';
import { openSpaces, Space, type SpacePorts, type Spaces } from './space.ts';
import { write } from './storedChoice.ts';

export interface Parts {
  store: Store;
  lexical: Bm25Index;
  traits: TraitIndex;
  spaces: Spaces;
  shelf: Shelf;
  models: Models;
  foreground: Foreground;
  imports: Imports;
  done: DoneRequests;
  removals: Removals;
  filter: PostFilter;
  repetition: Repetition;
  languages: Languages;
  duplicates: NearDuplicates;
  shown: ShownPosts;
  crossPosts: CrossPosts;
  /** Vectors computed since the library was opened. */
  embeddedThisSession: () => number;
}

export interface AssembleOptions {
  store: Store;
  supply: ModelSupply;
  now: () => number;
  onChange: () => void;
}

export function assemble({ store, supply, now, onChange }: AssembleOptions): Parts {
  const lexical = new Bm25Index();
  const traits = new TraitIndex();
  const filter = new PostFilter(store.posts);
  const repetition = new Repetition();
  const duplicates = new NearDuplicates({ lexical, traits, posts: store.posts });
  const shown = new ShownPosts(store.posts);
  const foreground = new Foreground();
  const pace = new Pace(store.settings);
  let embedded = 0;

  const isCurrent = (space: Space): boolean => space === spaces.current;
  const spacePorts: SpacePorts = {
    store,
    repetition,
    async embed(space, embedder, texts, signal) {
      const found = isCurrent(space)
        ? await foreground.run(() => embedRows(embedder, texts, { lane: 'queue', signal }))
        : await embedInBackground(foreground, embedder, texts, signal);
      embedded += texts.length;
      return found;
    },
    onCut: (tokens) => pace.notePost(tokens),
    onEmbedded: (space, tokens, ms) => pace.noteEmbedded(models.modelOf(space) ?? '', tokens, ms),
    async onOpened(space, ready) {
      pace.noteProbes(models.modelOf(space) ?? '', ready.tokensPerSecond);
      const { rule } = space;
      if (!isCurrent(space) || rule === null) return;
      await write(store.settings, lastSpaceRow({ space: ready.embedder.space, rule }));
    },
    onComplete(space) {
      // Only now, so that posts that come together are told from what they repeat together.
      if (repetition.renew()) for (const open of openSpaces(spaces)) open.queueWaiting();
      if (space.queue.state().waiting > 0) return;
      if (isCurrent(space)) void settle().catch(() => undefined);
      else models.complete(space);
    },
    onChange,
    atRest: () => foreground.idle(new AbortController().signal),
    now,
  };
  const spaces: Spaces = { current: new Space(spacePorts), next: null };
  const models = new Models({ supply, store, spaces, pace, spacePorts, onChange });

  /** Only once nothing of the library waits may the vectors of an earlier space go, and never those of a coming one. */
  async function settle(): Promise<void> {
    await pace.save();
    const { vectors, rule } = spaces.current;
    if (models.changing || vectors.space === null || rule === null) return;
    await store.spaces.settle({ key: vectors.space, rule }, { provided: stillIn(vectors.space) });
  }

  const languages = new Languages({ store, spaces, foreground, onChange });
  const shelf = new Shelf({
    store,
    lexical,
    traits,
    spaces,
    repetition,
    now,
    onChange: (ids: readonly PostId[]) => {
      filter.touch(ids);
      duplicates.touch(ids);
      shown.touch(ids);
      void languages.look();
      onChange();
    },
  });
  const forget = ({ passages }: RemovedPosts): void =>
    store.vectors.release(
      passages
        .flatMap(({ ids }) => [...ids])
        .filter((passage) => openSpaces(spaces).every(({ catalogue }) => catalogue.place(passage) === undefined)),
    );
  const crossPosts = new CrossPosts({ store, lexical, traits, spaces, duplicates, foreground, now, onChange });
  const done = new DoneRequests({ requests: store.requests, now, onForget: forget });
  return {
    store,
    lexical,
    traits,
    spaces,
    shelf,
    models,
    foreground,
    imports: new Imports({ shelf, done, now }),
    done,
    removals: new Removals({ shelf, done, store }),
    filter,
    repetition,
    languages,
    duplicates,
    shown,
    crossPosts,
    embeddedThisSession: () => embedded,
  };
}
