// Runs beside the page's own script: begins to fetch the model that the library's worker will ask for when it has started.
import { earlyFile } from './core/model/early/earlyFile.ts';
import { offerEarly } from './core/model/early/offerEarly.ts';
import { browserEarlyPorts } from './core/model/early/protocol.ts';
import { lastModel } from './app/lastModel.ts';
import { savesData } from './workers/savesData.ts';

/** The library opens, and its workers start, in far less; a model that nobody asks for was the wrong one. */
const PATIENCE_MS = 60_000;

/** A page that is about to be loaded anew, by the service worker that can isolate it, would fetch it twice. */
const willReload = !crossOriginIsolated && 'serviceWorker' in navigator && navigator.serviceWorker.controller === null;

async function begin(): Promise<void> {
  const ports = browserEarlyPorts();
  if (ports === null || willReload || savesData() || typeof caches === 'undefined') return;
  const own = { fetch: (address: string, init: RequestInit) => fetch(address, init), caches };
  const models = new URL(`${import.meta.env.BASE_URL}models/`, location.origin).href;
  const address = await earlyFile(models, lastModel(localStorage), own);
  if (address !== null) await offerEarly(address, { ...ports, ...own }, { patienceMs: PATIENCE_MS });
}

// Whatever fails here, the library's worker tries for itself, and says so.
begin().catch(() => undefined);
