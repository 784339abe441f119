// Serves the demo as /demo/demo.json while developing, and puts it into the build.
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { packDemo } from './packDemo.ts';

const FILE = 'demo/demo.json';

export function demoPlugin(): Plugin {
  let folder = 'demo';
  let base = '/';
  return {
    name: 'kindred-demo',
    configResolved(config) {
      folder = join(config.root, 'demo');
      base = config.base;
    },
    configureServer(server) {
      // Read anew for each request, so that an edited post is there after a reload.
      server.middlewares.use(base + FILE, (_request, response, next) => {
        packDemo(folder).then((pack) => {
          response.setHeader('Content-Type', 'application/json');
          response.end(JSON.stringify(pack));
        }, next);
      });
    },
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: FILE, source: JSON.stringify(await packDemo(folder)) });
    },
  };
}
