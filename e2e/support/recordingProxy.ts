// A proxy that every request of a test browser passes, workers and all, so that nothing can leave unseen.
import { createServer, request as forward, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RecordedRequest {
  method: string;
  url: string;
  headers: string;
  body: string;
}

export interface RecordingProxy {
  /** For the browser's proxy setting; loopback must not be bypassed. */
  server: string;
  requests: RecordedRequest[];
  close(): Promise<void>;
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function pass(incoming: IncomingMessage, response: ServerResponse, record: RecordedRequest[]): Promise<void> {
  const body = await readBody(incoming);
  const url = incoming.url ?? '';
  record.push({
    method: incoming.method ?? '',
    url,
    headers: JSON.stringify(incoming.headers),
    body: body.toString('latin1'),
  });
  const target = new URL(url);
  if (target.hostname !== 'localhost') {
    response.writeHead(403).end();
    return;
  }
  const outgoing = forward(target, { method: incoming.method, headers: incoming.headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  outgoing.on('error', () => response.writeHead(502).end());
  outgoing.end(body);
}

export async function startRecordingProxy(): Promise<RecordingProxy> {
  const requests: RecordedRequest[] = [];
  const server: Server = createServer((incoming, response) => {
    pass(incoming, response, requests).catch(() => response.destroy());
  });
  // A tunnel would hide what it carries: it is recorded and refused. The page itself is served without TLS.
  server.on('connect', (incoming, socket) => {
    requests.push({ method: 'CONNECT', url: incoming.url ?? '', headers: '', body: '' });
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
