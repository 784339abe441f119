// The library's thread: owns the database, the indices and the queue, and the thread of the embedder below it.
import { prefetchParts } from '../core/importers/index.ts';
import { FEED_PATH } from '../core/followApi.ts';
import { createLibrary } from '../core/library.ts';
import { prefetchLateParts } from '../core/library/lateParts.ts';
import type { LibraryApi } from '../core/libraryApi.ts';
import { fenced } from '../core/store/fence.ts';
import { MIGRATIONS, versionOf } from '../core/store/migrations.ts';
import { openStore } from '../core/store/openStore.ts';
import { lateModels } from './lateModels.ts';
import { serve } from './rpc/index.ts';
import { createTab } from './tabs/tab.ts';
import { canShare, webPlatform } from './tabs/webPlatform.ts';

declare const self: DedicatedWorkerGlobalScope;

/** Address of a file of the site, wherever the site is served. */
const site = (path: string): string => new URL(`${import.meta.env.BASE_URL}${path}`, self.location.origin).href;

const libraryOver = ({ shared }: { shared: boolean }): LibraryApi =>
  createLibrary({
    models: (options, memory) =>
      lateModels(async () => {
        const { createWorkerModels } = await import('./workerModels.ts');
        const createWorker = () => new Worker(new URL('./embedder.worker.ts', import.meta.url), { type: 'module' });
        return createWorkerModels({ createWorker, folder: site('models/') }, options, memory);
      }),
    demoUrl: site('demo/demo.json'),
    feedUrl: site(FEED_PATH),
    ...(shared ? { openStore: (options) => openStore({ ...options, wrap: fenced }) } : {}),
  });

/** The library of this tab or of another; where tabs can't share one, its own. */
function libraryOfTab(): LibraryApi {
  if (!canShare()) return libraryOver({ shared: false });
  const platform = webPlatform({
    id: self.name === '' ? crypto.randomUUID() : self.name,
    // The address of what runs here has its hash in it.
    build: self.location.pathname,
    schema: versionOf(MIGRATIONS),
    startedAt: performance.timeOrigin,
    tellPage: (message) => self.postMessage(message),
  });
  const tab = createTab({ platform, createLibrary: libraryOver });
  tab.start();
  return tab.library;
}

serve(libraryOfTab(), self);

/** Late enough to leave the network to the first suggestions. */
const PREFETCH_AFTER_MS = 5_000;
setTimeout(() => void Promise.all([prefetchParts(), prefetchLateParts()]), PREFETCH_AFTER_MS);
