// A library that is read while its embedder's worker is struck again and again, in a real browser: everything must be there after it, once.
import { deleteDB } from 'idb';
import { vi } from 'vitest';
import { createLibrary } from '../core/library.ts';
import type { LibraryApi, LibraryStatus } from '../core/libraryApi.ts';
import type { ExecutionProvider } from '../core/status.ts';
import { openStore } from '../core/store/openStore.ts';
import { createWorkerModels } from '../workers/workerModels.ts';
import type { Misfortune } from './faultyEmbedder.worker.ts';
import { complete, file, markdownPost } from './libraryHarness.ts';
import { faultyWorker } from './faultyWorker.ts';

/** `kill` ends the thread, as a browser does that runs out of memory. */
export type Blow = Misfortune | 'kill';

export interface Trial {
  blow: Blow;
  provider: ExecutionProvider;
  rounds: number;
  posts: number;
  sentences: number;
}

export interface TrialResult {
  /** Times that a fresh worker took the place of one that was lost. */
  losses: number;
  passages: number;
  vectors: number;
  /** Vectors that the library was handed: more than it has, if any was embedded twice. */
  embedded: number;
  /** Passages that have a vector after the library was closed and opened again, with nothing embedded anew. */
  kept: number;
  /** From a blow until everything of its round was read, milliseconds. */
  medianMs: number;
}

const DATABASE = 'recovery trial';
const MODELS = new URL('/src/testing/models/', location.origin).href;
/** Of the tiny model's vocabulary. */
const WORDS = 'water time work people house school world night church city family music war book film town'.split(' ');
const LONGEST_MS = 120_000;

/** Struck within so many milliseconds after a call was sent: in the middle of it, between two, or a little late. */
const SPREAD_MS = 12;

export async function runTrial({ blow, provider, rounds, posts, sentences }: Trial): Promise<TrialResult> {
  await deleteDB(DATABASE);
  const workers: Worker[] = [];
  let strikeAfter: number | null = null;

  function createWorker(): Worker {
    const worker = faultyWorker();
    const post = worker.postMessage.bind(worker) as (...args: unknown[]) => void;
    worker.postMessage = (message: { method?: string }, ...rest: unknown[]) => {
      post(message, ...rest);
      if (strikeAfter === null || message.method !== 'embed') return;
      setTimeout(() => (blow === 'kill' ? worker.terminate() : post(blow)), strikeAfter);
      strikeAfter = null;
    };
    workers.push(worker);
    return worker;
  }
  const open = async (): Promise<LibraryApi> => {
    const library = createLibrary({
      models: (options, memory) => createWorkerModels({ createWorker, folder: MODELS }, options, memory),
      demoUrl: '/demo/demo.json',
      openStore: (options) => openStore({ name: DATABASE, ...options }),
    });
    await library.open({ provider, modelList: new URL('models.json', MODELS).href });
    return library;
  };

  const library = await open();
  await when(library, ({ model }) => model.state === 'ready');
  const took: number[] = [];
  for (let round = 0; round < rounds; round++) {
    strikeAfter = ((round * 7) % SPREAD_MS) + 0.5;
    const began = performance.now();
    await library.importFiles(postsOf(round, posts, sentences), { source: 'blog' });
    await when(library, complete);
    took.push(performance.now() - began);
    // A worker that was struck after its last call shows it at the next.
    for (let more = 0; ((await library.status()).plan?.losses.times ?? 0) <= round && more < 5; more++) {
      await library.importFiles(postsOf(rounds + round * 5 + more, 1, 2), { source: 'blog' });
      await when(library, complete);
    }
  }
  const { passages, vectors, plan, embeddedThisSession } = await library.status();
  await library.close();
  const again = await open();
  const reopened = await when(again, complete);
  await again.close();
  for (const worker of workers) worker.terminate();
  await deleteDB(DATABASE);
  return {
    losses: plan?.losses.times ?? 0,
    passages,
    vectors,
    embedded: embeddedThisSession,
    kept: reopened.embeddedThisSession === 0 ? reopened.vectors : NaN,
    medianMs: took.sort((a, b) => a - b)[took.length >> 1] ?? NaN,
  };
}

/** No two alike. */
function postsOf(round: number, posts: number, sentences: number) {
  return Array.from({ length: posts }, (_, post) => {
    const word = (at: number): string => WORDS[(round * 5 + post * 3 + at * (1 + (round % 7))) % WORDS.length] ?? '';
    const body = Array.from(
      { length: sentences },
      (_, at) => `The ${word(at)} of the ${word(at + 3)} was ${word(at + 5)}.`,
    );
    return file(`r${round}-p${post}.md`, markdownPost(`${word(0)} ${round} ${post}`, body.join(' ')));
  });
}

function when(library: LibraryApi, wanted: (status: LibraryStatus) => boolean): Promise<LibraryStatus> {
  return vi.waitFor(
    async () => {
      const status = await library.status();
      if (!wanted(status)) throw new Error(`The library stands at ${JSON.stringify(status)}`);
      return status;
    },
    { timeout: LONGEST_MS, interval: 10 },
  );
}
