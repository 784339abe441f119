// The page's end: keeps a library worker running, calls it again after a crash, and answers other tabs while it is busy.
import { KindredError } from '../../core/errors.ts';
import type { LibraryApi } from '../../core/libraryApi.ts';
import { connect, type Endpoint } from '../rpc/index.ts';
import { messageData } from '../rpc/endpoint.ts';
import { callAgain, type LibraryLink } from './callAgain.ts';
import { isTabMessage, type TabMessage } from './messages.ts';
import { PAGES_CHANNEL, type TabChannel } from './platform.ts';
import { canShare, webChannel } from './webPlatform.ts';

/** A worker that crashes so often within a minute is not started again. */
const MOST_CRASHES = 3;
const CRASHES_WITHIN_MS = 60_000;

export interface KeptLibrary {
  library: LibraryApi;
  /** Resolves when it has crashed for good. */
  closed: Promise<KindredError>;
  close(): void;
}

/** @param createWorker starts a library worker of the given name, which differs from that of any other */
export function keepWorker(createWorker: (name: string) => Endpoint): KeptLibrary {
  const crashes: number[] = [];
  const pages = canShare() ? webChannel(PAGES_CHANNEL) : null;
  /** Name of the worker while it does the work. One that was stopped may not know yet that it was replaced. */
  let leads: string | null = null;
  let resolveClosed: (error: KindredError) => void;
  const closed = new Promise<KindredError>((resolve) => (resolveClosed = resolve));
  let ended: KindredError | null = null;
  let link = start();

  function start(): LibraryLink {
    const name = crypto.randomUUID();
    const worker = createWorker(name);
    worker.addEventListener('message', (event) => {
      const message = messageData(event);
      if (isTabMessage(message) && message.tabs === 'leads') leads = message.leads ? name : null;
    });
    const started = connect<LibraryApi>(worker, 'The library');
    void started.closed.then((error) => restart(error));
    return started;
  }

  function restart(error: KindredError): void {
    leads = null;
    if (ended !== null) return;
    const now = Date.now();
    crashes.push(now);
    if (crashes.filter((at) => now - at < CRASHES_WITHIN_MS).length >= MOST_CRASHES) {
      ended = error;
      resolveClosed(error);
    } else link = start();
  }

  answerFor(pages, () => leads);
  const library = callAgain({
    next: async () => {
      // A crash is known here only after the call that it has cut off.
      if (link.ended !== null && ended === null) await link.closed;
      if (ended !== null) throw ended;
      return link;
    },
    newId: () => crypto.randomUUID(),
    close: () => link.remote.close(),
  });
  return {
    library,
    closed,
    close: () => {
      ended ??= new KindredError('disposed', 'The library is closed. Reload the page to open it again.');
      pages?.close();
      void link.remote
        .close()
        .catch(() => undefined)
        .finally(() => link.close());
    },
  };
}

/** A worker that does not answer is busy, not stopped, as long as its page does. */
function answerFor(pages: TabChannel | null, leads: () => string | null): void {
  pages?.addEventListener('message', (event) => {
    const message = messageData(event);
    if (!isTabMessage(message) || message.tabs !== 'alive?') return;
    const mine = leads();
    if (mine !== null && (message.of === null || message.of === mine))
      pages.postMessage({ tabs: 'alive' } satisfies TabMessage, []);
  });
}
