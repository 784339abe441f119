// Serves the page without a network, and with the headers that a static host may lack. One version of it, one version of the page.
//
// A new version waits until no page of the old one is open, or the author asks for it; an old page finds its files until then.
import { TAKE_OVER, TIDY, type Shell } from './shell.ts';
import { ShellStore } from './shellStore.ts';

declare const self: ServiceWorkerGlobalScope;
/** Put in by the build. */
declare const __SHELL__: Shell;

const store = new ShellStore(__SHELL__, {
  scope: self.registration.scope,
  caches: self.caches,
  fetch: (request) => fetch(request),
});

/** What another version needs stays while a page may be of it, or while it waits. */
async function tidy(opened?: Client): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const { waiting, installing } = self.registration;
  if (waiting !== null || installing !== null || pages.some(({ id }) => id !== opened?.id)) return;
  await store.forgetOthers();
}

self.addEventListener('install', (event) => event.waitUntil(store.install()));

// The page of a first visit is served from now on too.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim().then(() => tidy())));

self.addEventListener('message', (event) => {
  if (event.data === TAKE_OVER) event.waitUntil(self.skipWaiting());
  if (event.data === TIDY && event.source instanceof Client) event.waitUntil(tidy(event.source));
});

self.addEventListener('fetch', (event) => {
  const answer = store.answer(event.request);
  if (answer !== null) event.respondWith(answer);
});
