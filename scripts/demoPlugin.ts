// Serves the demo as /demo/*.json while developing, and puts it into the build.
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { packDemo, splitDemo } from './packDemo.ts';

const FOLDER = 'demo/';

export function demoPlugin(): Plugin {
  let folder = 'demo';
  let base = '/';
  const files = async (): Promise<Map<string, string>> =>
    new Map(Object.entries(splitDemo(await packDemo(folder))).map(([name, pack]) => [name, JSON.stringify(pack)]));
  return {
    name: 'kindred-demo',
    configResolved(config) {
      folder = join(config.root, 'demo');
      base = config.base;
    },
    configureServer(server) {
      // Read anew for each request, so that an edited post is there after a reload.
      server.middlewares.use(base + FOLDER, (request, response, next) => {
        files().then((all) => {
          const found = all.get((request.url ?? '').replace(/^\/|\?.*$/g, ''));
          if (found === undefined) {
            next();
            return;
          }
          response.setHeader('Content-Type', 'application/json');
          response.end(found);
        }, next);
      });
    },
    async generateBundle() {
      for (const [name, source] of await files()) this.emitFile({ type: 'asset', fileName: FOLDER + name, source });
    },
  };
}
