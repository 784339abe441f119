// The site as `npm start -- --feeds` serves it, but for one thing: hosts on this computer count as public, so that a test can be the host.
import { preview } from 'vite';
import { feedPlugin } from '../../scripts/feeds/feedPlugin.ts';
import { fetchFeed, usualPorts } from '../../scripts/feeds/fetchFeed.ts';
import { productionHeaders } from '../../scripts/headers.ts';

export interface FeedSite {
  /** Without a slash at its end. */
  origin: string;
  close(): Promise<void>;
}

export async function startFeedSite({ enabled }: { enabled: boolean }): Promise<FeedSite> {
  const ports = { ...usualPorts, isAllowed: (address: string) => address === '127.0.0.1' };
  const server = await preview({
    configFile: false,
    logLevel: 'warn',
    preview: { port: 4390, headers: productionHeaders },
    plugins: [feedPlugin({ enabled, fetchFeed: (question, signal) => fetchFeed(question, signal, ports) })],
  });
  return {
    origin: (server.resolvedUrls?.local[0] ?? '').replace(/\/$/, ''),
    close: () => server.close(),
  };
}
