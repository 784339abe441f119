// A served object with one method for each thing that remote calls can do, and a channel to reach it.
import { KindredError } from '../core/errors.ts';
import { connect, serve, transfer } from '../workers/rpc/index.ts';
import type { Connection, Remote } from '../workers/rpc/index.ts';

export interface WaitOptions {
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

/** What tests call; `aborted` and `late` let them see the serving side. */
export class Served {
  aborted: unknown = null;
  late: ((n: number) => void) | null = null;
  readonly label = 'no method';
  add(a: number, b: number): number {
    return a + b;
  }
  async echo<T>(value: T): Promise<T> {
    return await Promise.resolve(value);
  }
  async fail(error: unknown): Promise<never> {
    await Promise.resolve();
    throw error;
  }
  failWithCause(): void {
    const cause = new TypeError('disk gone', { cause: new DOMException('no room', 'QuotaExceededError') });
    throw new KindredError('storage-full', 'No room for a.md; remove posts.', { item: 'a.md', cause });
  }
  failAborted(): void {
    throw new DOMException('superseded', 'AbortError');
  }
  unclonable(): unknown {
    return () => undefined;
  }
  progress(total: number, options: WaitOptions = {}): number {
    for (let done = 1; done <= total; done++) options.onProgress?.(done, total);
    return total;
  }
  async wait(options: WaitOptions): Promise<void> {
    await new Promise<void>((resolve) => {
      options.signal?.addEventListener('abort', () => {
        this.aborted = options.signal?.reason as unknown;
        resolve();
      });
    });
    options.signal?.throwIfAborted();
  }
  watch(onTick: (n: number) => void): void {
    this.late = onTick;
  }
  fill(length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(length).fill(7);
    return transfer(bytes, [bytes.buffer]);
  }
  sum(bytes: Uint8Array): number {
    return bytes.reduce((total, byte) => total + byte, 0);
  }
}

const ports: MessagePort[] = [];

/** A channel that `closeChannels` closes. */
export function openChannel(): [MessagePort, MessagePort] {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  return [port1, port2];
}

export function closeChannels(): void {
  for (const port of ports.splice(0)) port.close();
}

export function pair(): {
  api: Served;
  connection: Connection<Served>;
  remote: Remote<Served>;
  stop: () => void;
  port: MessagePort;
} {
  const [port1, port2] = openChannel();
  const api = new Served();
  const stop = serve(api, port2);
  const connection = connect<Served>(port1);
  return { api, connection, remote: connection.remote, stop, port: port2 };
}

/** Lets messages that are under way arrive, both ways. */
export const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
