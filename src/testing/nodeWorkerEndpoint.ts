// A worker thread of Node seen as an Endpoint, so that remote calls can be tested against a thread that really dies.
import type { Worker } from 'node:worker_threads';
import type { Endpoint } from '../workers/rpc/index.ts';

/** Node's workers emit instead of dispatching; an exit that nobody asked for counts as an error, as a crash in a browser does. */
export function nodeWorkerEndpoint(worker: Worker): Endpoint {
  const target = new EventTarget();
  worker.on('message', (data: unknown) => target.dispatchEvent(new MessageEvent('message', { data })));
  worker.on('messageerror', () => target.dispatchEvent(new MessageEvent('messageerror')));
  worker.on('error', (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    target.dispatchEvent(Object.assign(new Event('error', { cancelable: true }), { message, error }));
  });
  worker.on('exit', (code: number) => {
    target.dispatchEvent(Object.assign(new Event('error', { cancelable: true }), { message: `exit code ${code}` }));
  });
  return {
    postMessage: (message, transfer) => worker.postMessage(message, transfer as ArrayBuffer[]),
    addEventListener: (type, listener) => target.addEventListener(type, listener),
    removeEventListener: (type, listener) => target.removeEventListener(type, listener),
    terminate: () => void worker.terminate(),
  };
}
