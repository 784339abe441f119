// The page that measures a device begins here: no library, no database, only the embedder's workers.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { followAppearance } from './app/appearance.ts';
import { openBackend } from './app/bench/backend.ts';
import { readBenchTexts } from './app/bench/benchTexts.ts';
import { describeDevice } from './app/bench/device.ts';
import { createDeviceBench } from './app/bench/deviceBench.ts';
import { createEmbedderWorker } from './app/bench/embedderWorker.ts';
import { createPreferences, pageStorage } from './app/preferences.ts';
import { BenchPage } from './ui/bench/BenchPage.tsx';
import './ui/tokens.css';
import './ui/base.css';

/** The model that a new library begins with. */
const MODEL = 'kindred-post-1-quick';

const address = (path: string): string => new URL(path, document.baseURI).href;

const root = document.getElementById('root');
if (root !== null) {
  followAppearance(createPreferences(pageStorage()), document, window);
  const bench = createDeviceBench({
    model: MODEL,
    open: (options) =>
      openBackend({ ...options, createWorker: createEmbedderWorker, folder: address(`models/${MODEL}/`) }),
    texts: (signal) => readBenchTexts(address('demo/demo.json'), signal),
  });
  const device = await describeDevice(navigator, crossOriginIsolated);
  createRoot(root).render(
    <StrictMode>
      <BenchPage bench={bench} device={device} />
    </StrictMode>,
  );
}
