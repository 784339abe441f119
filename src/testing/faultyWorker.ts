// Starts the embedder's worker that can be struck.

/** `name` says what goes wrong in it, as `faultyEmbedder.worker.ts` lists; nothing by itself where it is not given. */
export function faultyWorker(name = ''): Worker {
  // Address and constructor in one expression: only so is the worker bundled.
  return new Worker(new URL('./faultyEmbedder.worker.ts', import.meta.url), { type: 'module', name });
}
