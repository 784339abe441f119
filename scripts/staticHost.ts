// A static host as the tests and benches need one: serves a folder with or without Kindred's headers, counts what it sends, and misbehaves when told.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

export interface Sent {
  path: string;
  /** When it was asked for, in milliseconds since the epoch. */
  at: number;
  /** As asked, or null. */
  range: string | null;
  status: number;
  /** Of the body, as far as it was sent. */
  bytes: number;
}

export interface HostedFile {
  body: Buffer;
  type: string;
  tag: string;
  /** Such as br, when the body is. */
  encoding?: string;
}

export interface Misbehaviour {
  /** Sends so many bytes of each answer, then breaks the connection; with `endsEarly` it ends as if that were all. */
  cutAfter?: number;
  endsEarly?: boolean;
  /** Bytes a second. */
  rate?: number;
  /** Milliseconds before it answers. */
  latency?: number;
  ignoresRanges?: boolean;
  status?: number;
}

export interface StaticHostOptions {
  folder: string;
  headers?: Readonly<Record<string, string>>;
  /** Another content in place of a file's, or another file; null leaves it as it is. */
  replace?: (path: string, file: HostedFile | null) => HostedFile | null;
  /** Asked for each answer; null where it is to behave. `nth` counts the answers for this path from 0. */
  misbehave?: (path: string, nth: number) => Misbehaviour | null;
}

export interface StaticHost {
  /** Without a slash at its end. It stays the same over `stop` and `start`. */
  readonly origin: string;
  readonly sent: Sent[];
  /** Until `start` every connection is refused. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
};

export function fileOf(body: Buffer, path: string): HostedFile {
  const tag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
  return { body, type: types[extname(path)] ?? 'application/octet-stream', tag };
}

export async function startStaticHost(options: StaticHostOptions): Promise<StaticHost> {
  const { folder, headers = {} } = options;
  const replace = (path: string, file: HostedFile | null) => (options.replace ? options.replace(path, file) : file);
  const sent: Sent[] = [];
  const files = new Map<string, HostedFile>();

  function find(path: string): HostedFile | null {
    const known = files.get(path);
    if (known !== undefined) return known;
    const place = join(folder, normalize(path));
    if (!place.startsWith(folder) || !existsSync(place) || !statSync(place).isFile()) return null;
    const file = fileOf(readFileSync(place), path);
    files.set(path, file);
    return file;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1);
    const path = asked === '' ? 'index.html' : asked;
    const range = request.headers.range ?? null;
    const nth = sent.filter((one) => one.path === path).length;
    const record: Sent = { path, at: Date.now(), range, status: 200, bytes: 0 };
    sent.push(record);
    const fault = options.misbehave?.(path, nth) ?? {};
    if (fault.latency !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.latency));
    const file = replace(path, find(path));
    if (file === null || fault.status !== undefined) {
      record.status = fault.status ?? 404;
      response.writeHead(record.status, headers).end();
      return;
    }
    const told = {
      ...headers,
      'Content-Type': file.type,
      ETag: file.tag,
      'Cache-Control': path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      ...(file.encoding === undefined ? {} : { 'Content-Encoding': file.encoding, Vary: 'Accept-Encoding' }),
    };
    if (request.headers['if-none-match'] === file.tag) {
      record.status = 304;
      response.writeHead(304, told).end();
      return;
    }
    const condition = request.headers['if-range'];
    const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    const partial = from > 0 && fault.ignoresRanges !== true && (condition === undefined || condition === file.tag);
    record.status = partial ? 206 : 200;
    const body = partial ? file.body.subarray(from) : file.body;
    const cut = Math.min(fault.cutAfter ?? Infinity, body.length);
    response.writeHead(record.status, {
      ...told,
      ...(partial ? { 'Content-Range': `bytes ${from}-${file.body.length - 1}/${file.body.length}` } : {}),
      ...(fault.endsEarly === true ? {} : { 'Content-Length': body.length }),
    });
    await send(body.subarray(0, cut), fault.rate ?? Infinity, response, record);
    if (cut < body.length && fault.endsEarly !== true) response.destroy();
    else response.end();
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => resolve());
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    sent,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    start: () => listen(port),
  };
}

const TICK_MS = 50;

async function send(body: Buffer, rate: number, response: ServerResponse, record: Sent): Promise<void> {
  const step = Math.max(1, Math.min(256 * 1024, Math.round((rate * TICK_MS) / 1000)));
  for (let at = 0; at < body.length && !response.destroyed; at += step) {
    const part = body.subarray(at, at + step);
    record.bytes += part.length;
    if (!response.write(part)) {
      const moved = new AbortController();
      await Promise.race([
        once(response, 'drain', { signal: moved.signal }),
        once(response, 'close', { signal: moved.signal }),
      ]).finally(() => moved.abort());
    }
    if (rate < Infinity) await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
}
