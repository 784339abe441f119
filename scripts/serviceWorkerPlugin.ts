// Builds the service worker once everything else is written, for it names every file of the page and changes with each.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { build, type Plugin } from 'vite';
import type { Shell } from '../src/workers/offline/shell.ts';
import { isSiteBuild } from './siteBuild.ts';

const ENTRY = 'src/workers/offline/serviceWorker.ts';
export const SERVICE_WORKER_FILE = 'sw.js';

/** The page, its scripts and styles, and the small files that tell what else there is. Models keep themselves, runtimes when used. */
const SHELL_FILE =
  /^(?:index\.html|favicon\.svg|demo\/[^/]+\.json|models\/models\.json|models\/[^/]+\/manifest\.json|assets\/.*\.(?:js|css))$/;
const RUNTIME_FILE = /^assets\/ort[.-]/;

export function serviceWorkerPlugin(headers: Record<string, string>): Plugin {
  let root = '';
  let outDir = '';
  let isSite = true;
  let failed = false;
  return {
    name: 'kindred-service-worker',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      root = config.root;
      outDir = join(config.root, config.build.outDir);
      isSite = isSiteBuild(config);
    },
    buildEnd(error) {
      failed = error !== undefined;
    },
    async closeBundle() {
      if (failed || !isSite) return;
      await build({
        root,
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        define: { __SHELL__: JSON.stringify(readShell(outDir, headers)) },
        build: {
          outDir,
          emptyOutDir: false,
          target: 'es2023',
          // One classic script: not every browser loads modules as service workers.
          lib: { entry: join(root, ENTRY), formats: ['iife'], name: 'kindred', fileName: () => SERVICE_WORKER_FILE },
        },
      });
    },
  };
}

/** @param folder a whole build */
export function readShell(folder: string, headers: Record<string, string>): Shell {
  const files = filesBelow(folder)
    .map((file) => relative(folder, file).split(sep).join('/'))
    .sort();
  const shell = files.filter((path) => SHELL_FILE.test(path) && !RUNTIME_FILE.test(path));
  const hash = createHash('sha256').update(JSON.stringify(headers));
  for (const path of shell) hash.update(path).update(readFileSync(join(folder, path)));
  const entry = /<script[^>]* src="[^"]*(assets\/[^"]+)"/.exec(readFileSync(join(folder, 'index.html'), 'utf8'))?.[1];
  if (entry === undefined) throw new Error('index.html names no script.');
  return {
    version: hash.digest('hex').slice(0, 16),
    files: shell.map((path) => (path === 'index.html' ? '' : path)),
    entry,
    runtime: files.filter((path) => RUNTIME_FILE.test(path) && !path.endsWith('.map')),
    headers,
  };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}
