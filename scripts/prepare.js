// What `npm start` and `npm test` need first; Node's own modules only, since nothing may be installed yet.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;

export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(
    `Kindred needs Node 20.19 or newer; this is ${process.versions.node}. Get one from https://nodejs.org.`,
  );
  process.exit(1);
}

/** Runs `npm ci` when there are no packages, or the lock file changed since they were installed. */
export function installIfMissing() {
  const marker = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs) return;
  console.log('Installing packages.');
  const result = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (result.status === 0) return;
  console.error('npm ci failed; its own message is above. With the network back, run the same command again.');
  process.exit(result.status ?? 1);
}

/** Builds when `dist` is missing or anything it is made of is newer. */
export async function buildIfStale() {
  const built = join(root, 'dist', 'index.html');
  const sources = [
    'src',
    'public',
    'demo',
    'scripts',
    'index.html',
    'bench.html',
    'vite.config.ts',
    'package-lock.json',
  ];
  const newest = Math.max(...sources.map((name) => newestChange(join(root, name))));
  if (existsSync(built) && statSync(built).mtimeMs >= newest) return;
  console.log('Building.');
  const { build } = await import('vite');
  await build({ root, logLevel: 'warn' });
}

/**
 * @param {string} path
 * @returns {number} milliseconds since the epoch
 */
function newestChange(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestChange(join(path, name))), stat.mtimeMs);
}
