// One library to call, whichever worker has it: calls that a lost one leaves unanswered are sent to the next.
import { isKindredError } from '../../core/errors.ts';
import type { LibraryApi, OpenOptions } from '../../core/libraryApi.ts';
import { abortable } from '../abortable.ts';
import type { Connection } from '../rpc/index.ts';
import { extractArgs } from '../rpc/slots.ts';

export type LibraryLink = Connection<LibraryApi>;

export interface CallAgainPorts {
  /** The library to call now, waiting until there is one. `failed` has lost its work to another. */
  next(failed: LibraryLink | null): Promise<LibraryLink>;
  /** A call waits for its answer, or has it. Not told of what goes on until it is stopped. */
  onWaiting?(change: 1 | -1): void;
  /** What the library is to be opened with. */
  onOpen?(options: OpenOptions | undefined): void;
  /** Names who asks, where several do. */
  asker?: string;
  newId(): string;
  /** What closing means here. */
  close(): Promise<void>;
}

type Method = keyof LibraryApi;
type Calls = Record<string, (...args: unknown[]) => Promise<unknown>>;

/** The library is elsewhere now, so that the call may be sent again. */
const isLost = (link: LibraryLink, error: unknown): boolean =>
  link.ended !== null || isKindredError(error, 'taken-over');

/** A call that ends its worker so often may be the reason. */
const MOST_CRASHES = 3;

/** Where the options are among the arguments of the calls that carry an id. */
const ID_IN: Partial<Record<Method, number>> = {
  importFiles: 1,
  importDemo: 0,
  removePosts: 1,
  clearPosts: 0,
  restoreBackup: 1,
  unfollow: 1,
  settleMissing: 1,
};

/**
 * Every method may be called a second time: those that only read, those that set what they set, and, with the id that they
 * are given here, those that would do more the second time.
 */
export function callAgain(ports: CallAgainPorts): LibraryApi {
  /** Imports under way, and whether they were cancelled. */
  const imports = new Map<string, { cancelled: boolean; link: LibraryLink | null }>();

  function prepared(method: Method, args: unknown[]): { args: unknown[]; id: string | null } {
    const at = ID_IN[method];
    if (at !== undefined) {
      const options = { id: ports.newId(), ...(args[at] as { id?: string } | undefined) };
      return { args: Object.assign([...args], { [at]: options }), id: options.id };
    }
    if (method !== 'suggest' || ports.asker === undefined) return { args, id: null };
    return { args: [args[0], { asker: ports.asker, ...(args[1] as object | undefined) }], id: null };
  }

  async function call(method: Method, given: unknown[]): Promise<unknown> {
    if (method === 'open') ports.onOpen?.(given[0] as OpenOptions | undefined);
    const { args, id } = prepared(method, given);
    const running =
      id !== null && method.startsWith('import') ? { cancelled: false, link: null as LibraryLink | null } : null;
    if (running !== null && id !== null) imports.set(id, running);
    const signals = extractArgs(args).signals.map(({ signal }) => signal);
    const waits = method !== 'watchStatus';
    if (waits) ports.onWaiting?.(1);
    try {
      for (let failed: LibraryLink | null = null, crashes = 0; ;) {
        const link: LibraryLink = await abortable(ports.next(failed), signals[0]);
        try {
          const answer = (link.remote as unknown as Calls)[method]?.(...args);
          if (running !== null && id !== null) {
            running.link = link;
            if (running.cancelled) void link.remote.cancelImport([id]).catch(() => undefined);
          }
          return await answer;
        } catch (error) {
          if (!isLost(link, error) || signals.some(({ aborted }) => aborted)) throw error;
          if (link.ended?.code === 'worker-crashed' && ++crashes >= MOST_CRASHES) throw error;
          failed = link;
        }
      }
    } finally {
      if (waits) ports.onWaiting?.(-1);
      if (running !== null && id !== null) imports.delete(id);
    }
  }

  async function cancelImport(ids = [...imports.keys()]): Promise<void> {
    for (const id of ids) {
      const running = imports.get(id);
      if (running === undefined) continue;
      running.cancelled = true;
      // One that is lost just now is cancelled again where it is sent again.
      await running.link?.remote.cancelImport([id]).catch(() => undefined);
    }
  }

  return new Proxy(Object.create(null) as LibraryApi, {
    get: (_target, name) => {
      if (typeof name !== 'string' || name === 'then') return undefined;
      if (name === 'cancelImport') return cancelImport;
      if (name === 'close') return () => ports.close();
      return (...args: unknown[]) => call(name as Method, args);
    },
  });
}
