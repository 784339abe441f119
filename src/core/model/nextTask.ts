// Lets the thread take its messages before it goes on.

/**
 * Resolves in a later task of the event loop. A run on WASM occupies the thread and resolves without leaving it, so that
 * without this a draft that arrives, or an abort, would be heard only after the last run of a queue. A timer would do the same
 * but is held back by at least four milliseconds.
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
