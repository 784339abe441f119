// The only place of this page that starts a worker.
import type { Endpoint } from '../../workers/rpc/index.ts';

/** A fresh thread of the embedder that ships. */
export const createEmbedderWorker = (): Endpoint =>
  new Worker(new URL('../../workers/embedder.worker.ts', import.meta.url), { type: 'module' });
