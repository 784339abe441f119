// Builds one page of a bench and serves it.
import { createReadStream, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isolationHeaders } from '../scripts/headers.ts';
import { buildPage } from './pageBuild.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** A file that the server sent. */
export interface SentFile {
  /** Within its address, and on the disk. */
  path: string;
  file: string;
  bytes: number;
}

export class PageServer {
  /** Every file that was sent since the list was last emptied. */
  readonly sent: SentFile[] = [];
  private readonly given = new Map<string, string>();
  private readonly server: Server;
  private readonly page: string;

  private constructor(server: Server, page: string) {
    this.server = server;
    this.page = page;
  }

  /**
   * `page` is an HTML file, relative to the root of the repository. Beside the build the server gives what lies in public/
   * and node_modules/, with the headers that threads need.
   */
  static async start(page: string): Promise<PageServer> {
    const outDir = await buildPage(page);
    const folders = [outDir, join(ROOT, 'public'), ROOT];
    const server = createServer((request, response) => answer(request, response));
    const started = new PageServer(server, page);
    const answer = (request: IncomingMessage, response: ServerResponse): void => {
      const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
      const file = started.given.get(path) ?? findFile(folders, path);
      if (file === null) {
        response.writeHead(404, isolationHeaders).end();
        return;
      }
      const { size } = statSync(file);
      const type = TYPES[extname(file)] ?? 'application/octet-stream';
      response.writeHead(200, { ...isolationHeaders, 'Content-Type': type, 'Content-Length': size });
      started.sent.push({ path, file, bytes: size });
      createReadStream(file).pipe(response);
    };
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  get address(): string {
    return this.addressOf(`/${this.page}`);
  }

  addressOf(path: string): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}${path}`;
  }

  /** Serves one more file of the disk; returns its address. */
  give(file: string): string {
    const path = `/given/${this.given.size}/${basename(file)}`;
    this.given.set(path, file);
    return this.addressOf(path);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Of the repository itself only what was installed. */
const OPEN = /^\/node_modules\//;

function findFile([built, publicFolder, root]: readonly string[], path: string): string | null {
  const places = [join(built!, path), join(publicFolder!, path), ...(OPEN.test(path) ? [join(root!, path)] : [])];
  return places.find((place) => statSync(place, { throwIfNoEntry: false })?.isFile() === true) ?? null;
}
