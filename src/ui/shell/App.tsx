// The frame: header, the view that the address names, the reader beside it, and what floats above.
import { Suspense, useEffect } from 'react';
import { useRoute, useServices } from '../../app/hooks.ts';
import type { View } from '../../app/route.ts';
import { Notices } from './Notices.tsx';
import { Overlays, OverlaysProvider } from './Overlays.tsx';
import { Announcements } from './Announcements.tsx';
import { Header } from './Header.tsx';
import { ViewBoundary } from './ViewBoundary.tsx';
import { ReaderOverPage } from './ReaderOverPage.tsx';
import { WriteView } from '../write/WriteView.tsx';
import { lazyPart, prefetchParts } from '../parts/lazyPart.ts';
import { text } from '../text.ts';
import './App.css';

const LibraryView = lazyPart(() => import('../library/LibraryView.tsx').then((file) => file.LibraryView));
const StatusView = lazyPart(() => import('../status/StatusView.tsx').then((file) => file.StatusView));

const viewComponents = { write: WriteView, library: LibraryView, status: StatusView } as const satisfies Record<
  View,
  unknown
>;

/** Late enough to leave the network to the first suggestions. */
const PREFETCH_AFTER_MS = 4_000;

export function App() {
  const { view } = useRoute();
  const { route } = useServices();
  const Shown = viewComponents[view];
  useEffect(() => {
    document.title = text.shell.pageTitle(text.shell.views[view]);
  }, [view]);

  useEffect(() => {
    const timer = setTimeout(() => void prefetchParts(), PREFETCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);

  return (
    <OverlaysProvider>
      <div className={`app app--${view}`}>
        <a
          className="app__skip"
          href="#main"
          onClick={(event) => {
            event.preventDefault();
            document.getElementById('main')?.focus();
          }}
        >
          {text.shell.skipToView}
        </a>
        <Header />
        <main id="main" tabIndex={-1} className="app__main">
          <ViewBoundary key={view} onLeave={() => route.go('write')}>
            <Suspense fallback={<p className="app__opening">{text.shell.loadingView}</p>}>
              <Shown />
            </Suspense>
          </ViewBoundary>
        </main>
        <ReaderOverPage />
        <Overlays />
        <Notices />
        <Announcements />
      </div>
    </OverlaysProvider>
  );
}
