// A host of feeds on this computer, as well or as badly behaved as a test wants it.
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AskedOf {
  path: string;
  method: string;
  headers: IncomingHttpHeaders;
}

export type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

export interface FeedHost {
  /** Without a slash at its end. */
  origin: string;
  port: number;
  asked: AskedOf[];
  /** What it does at a path, from now on. */
  on(path: string, behaviour: Behaviour): void;
  close(): Promise<void>;
}

/** @param address of the loopback network, 127.0.0.1 and those after it */
export async function startFeedHost(address = '127.0.0.1', port = 0): Promise<FeedHost> {
  const behaviours = new Map<string, Behaviour>();
  const asked: AskedOf[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    asked.push({ path, method: request.method ?? '', headers: request.headers });
    const behave = behaviours.get(path);
    if (behave === undefined) response.writeHead(404).end();
    else behave(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    origin: `http://${address}:${bound}`,
    port: bound,
    asked,
    on: (path, behaviour) => void behaviours.set(path, behaviour),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers with a body of a type. */
export const sends =
  (body: string | Buffer, type = 'application/rss+xml', headers: Record<string, string> = {}): Behaviour =>
  (_, response) =>
    void response.writeHead(200, { 'Content-Type': type, ...headers }).end(body);

export interface FeedItem {
  id: string;
  title: string;
  text: string;
}

export const rssOf = (title: string, items: readonly FeedItem[]): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>${title}</title><link>https://blog.example/</link><description>d</description>${items
    .map(
      (item) =>
        `<item><guid isPermaLink="false">${item.id}</guid><title>${item.title}</title><link>https://blog.example/${item.id}</link><pubDate>Tue, 11 Feb 2025 08:30:00 GMT</pubDate><description>${item.text}</description></item>`,
    )
    .join('')}</channel></rss>`;
