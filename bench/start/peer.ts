// What the default pipeline of transformers.js fetches until it is ready: its own loader decides, its requests are counted.
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { launchOptions } from '../../scripts/browser.js';
import { isolationHeaders } from '../../scripts/headers.ts';
import { brotli } from './compressed.ts';

export interface PeerBytes {
  version: string;
  /** Compressed as ours are. */
  script: number;
  runtime: number;
  runtimeFiles: string[];
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const packageFolder = join(root, 'node_modules/@huggingface/transformers');
const ORIGIN = 'http://localhost:9';
const PAGE = `<!doctype html><script type="module">
  import { env, pipeline } from '/peer/dist/transformers.min.js';
  env.allowLocalModels = true;
  env.allowRemoteModels = false;
  env.localModelPath = '/models/';
  env.useBrowserCache = false;
  globalThis.done = pipeline('feature-extraction', 'all-minilm-l6-v2').then(() => 'ready', String);
</script>`;

/** A content network lets every page have its files. */
const HEADERS = {
  ...isolationHeaders,
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Access-Control-Allow-Origin': '*',
};

const CONFIG = JSON.stringify({ model_type: 'bert', architectures: ['BertModel'], hidden_size: 384 });
/** The runtime of its own, on its default content network, and the names that its loader gives a model's files. */
const RUNTIME = [
  join(packageFolder, 'node_modules/onnxruntime-web/dist'),
  join(root, 'node_modules/onnxruntime-web/dist'),
];

export async function peerBytes(): Promise<PeerBytes> {
  const browser = await chromium.launch(launchOptions());
  const [scripts, runtimes] = [new Map<string, number>(), new Map<string, number>()];
  try {
    const page = await browser.newPage();
    // Nothing leaves: every request is answered from the packages on this computer.
    await page.context().route('**/*', async (route) => {
      const url = new URL(route.request().url());
      const body = find(url);
      if (body === null) return route.fulfill({ status: 404 });
      const name = basename(url.pathname);
      if (/ort[.-]|onnxruntime/.test(url.pathname)) runtimes.set(name, brotli(body).length);
      else if (url.pathname.startsWith('/peer/')) scripts.set(name, brotli(body).length);
      return route.fulfill({ body, contentType: typeOf(name), headers: HEADERS });
    });
    await page.goto(ORIGIN);
    const outcome = await page.evaluate(() => (globalThis as { done?: Promise<string> }).done);
    if (outcome !== 'ready') throw new Error(`transformers.js did not load a model: ${outcome ?? 'no answer'}`);
  } finally {
    await browser.close();
  }
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  return { version, script: sum(scripts), runtime: sum(runtimes), runtimeFiles: [...runtimes.keys()] };
}

function find({ pathname }: URL): Buffer | null {
  if (pathname === '/') return Buffer.from(PAGE);
  if (pathname.endsWith('/config.json')) return Buffer.from(CONFIG);
  const model = /^\/models\/([^/]+)\/(.+)$/.exec(pathname);
  const places =
    model !== null
      ? [join(root, 'public/models', model[1] ?? '', (model[2] ?? '').replace('onnx/model_quantized', 'model.int8'))]
      : pathname.startsWith('/peer/')
        ? [join(packageFolder, pathname.slice('/peer/'.length))]
        : RUNTIME.map((folder) => join(folder, basename(pathname)));
  const place = places.find((one) => existsSync(one));
  return place === undefined ? null : readFileSync(place);
}

function typeOf(name: string): string {
  if (name === '') return 'text/html';
  if (name.endsWith('.wasm')) return 'application/wasm';
  if (/\.m?js$/.test(name)) return 'text/javascript';
  return name.endsWith('.json') ? 'application/json' : 'application/octet-stream';
}

const sum = (sizes: ReadonlyMap<string, number>): number => [...sizes.values()].reduce((total, one) => total + one, 0);
