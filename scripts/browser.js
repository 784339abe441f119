// Finds a Chromium for the tests: Playwright's own, else an installed Chrome or Chromium, else installs one where that is possible.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

const installed = [
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** Flags for every test browser: root needs no sandbox, and a browser under test asks nobody for anything. */
export const launchArgs = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
];

/** Chromium's software WebGPU: proves correctness without a GPU. */
export const webgpuArgs = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/**
 * @returns {string | undefined} path of the browser to launch, or undefined for Playwright's own
 * @throws when there is none
 */
export function findBrowser() {
  const named = process.env['KINDRED_BROWSER'];
  if (named) {
    if (!existsSync(named)) throw new Error(`KINDRED_BROWSER names ${named}, which does not exist.`);
    return named;
  }
  if (existsSync(chromium.executablePath())) return undefined;
  const path = installed.find((candidate) => existsSync(candidate));
  if (path) return path;
  throw new Error('No Chrome or Chromium found. Install one, or name one in the variable KINDRED_BROWSER.');
}

/**
 * What Playwright launches a test browser with.
 * @param {readonly string[]} [more] flags beside those of every test browser
 * @returns {{ args: string[], executablePath?: string }}
 * @throws as `findBrowser`
 */
export function launchOptions(more = []) {
  const executablePath = findBrowser();
  return { args: [...launchArgs, ...more], ...(executablePath === undefined ? {} : { executablePath }) };
}

/** Makes sure that `findBrowser` will find one. */
export function installBrowser() {
  try {
    findBrowser();
    return;
  } catch (error) {
    if (process.env['KINDRED_BROWSER']) throw error;
  }
  console.log('No browser found; asking Playwright for its own.');
  const download = spawnSync('npx', ['playwright', 'install', 'chromium'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    timeout: 300_000,
  });
  if (download.status === 0 && existsSync(chromium.executablePath())) return;
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    console.log('That failed; installing the Debian package chromium.');
    const quiet = {
      stdio: /** @type {const} */ ('inherit'),
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    };
    execFileSync('apt-get', ['update', '-qq'], quiet);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet);
  }
  findBrowser();
}
