// What a remote call travels over: a Worker, a MessagePort or a worker's own global scope, seen through one shape.

/** Satisfied as it is by Worker, MessagePort (also Node's) and DedicatedWorkerGlobalScope. */
export interface Endpoint {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: string, listener: (event: Event) => void): void;
  removeEventListener(type: string, listener: (event: Event) => void): void;
  /** A MessagePort with listeners delivers nothing before it is started. */
  start?(): void;
  /** Worker only. */
  terminate?(): void;
  /** MessagePort only. */
  close?(): void;
}

/** The payload of a message event; undefined for any other event. */
export function messageData(event: Event): unknown {
  return 'data' in event ? event.data : undefined;
}
