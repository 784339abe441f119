// The library's thread: owns the database, the indices and the queue, and the thread of the embedder below it.
import { prefetchParts } from '../core/importers/index.ts';
import { createLibrary } from '../core/library.ts';
import { serve } from './rpc/index.ts';
import { createWorkerModels } from './workerModels.ts';

declare const self: DedicatedWorkerGlobalScope;

/** Address of a file of the site, wherever the site is served. */
const site = (path: string): string => new URL(`${import.meta.env.BASE_URL}${path}`, self.location.origin).href;

const library = createLibrary({
  models: (options, memory) =>
    createWorkerModels(
      {
        createWorker: () => new Worker(new URL('./embedder.worker.ts', import.meta.url), { type: 'module' }),
        folder: site('models/'),
      },
      options,
      memory,
    ),
  demoUrl: site('demo/demo.json'),
});
serve(library, self);

/** Late enough to leave the network to the first suggestions. */
const PREFETCH_AFTER_MS = 5_000;
setTimeout(() => void prefetchParts(), PREFETCH_AFTER_MS);
