// Prints what the build weighs, compressed, and holds the budget of bytes before the first suggestion.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

/** Page, styles, library worker and the demo's posts: everything before words can answer. No model, no runtime. */
const FIRST_SUGGESTION_BUDGET_KB = 250;

const dist = new URL('../dist/', import.meta.url).pathname;
const assets = readdirSync(join(dist, 'assets')).filter((name) => !name.endsWith('.map'));

/** @param {string} file */
const brotliKb = (file) =>
  brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length / 1024;

/** @type {Map<string, string[]>} */
const imports = new Map();
for (const name of assets.filter((asset) => asset.endsWith('.js'))) {
  const code = readFileSync(join(dist, 'assets', name), 'utf8');
  const found = [...code.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)].map((match) => match[1] ?? '');
  imports.set(name, found);
}

/** @param {string[]} names a chunk and all that it imports statically */
function closure(names) {
  const seen = new Set(names);
  for (const name of seen) for (const next of imports.get(name) ?? []) seen.add(next);
  return [...seen];
}

const html = readFileSync(join(dist, 'index.html'), 'utf8');
// A script that nothing waits for fetches the model, and is no part of this.
const fromPage = [...html.matchAll(/<(?:script|link)\b([^>]*?)(?:src|href)="[^"]*assets\/([^"]+\.(?:js|css))"/g)]
  .filter(([, before = '']) => !/\basync\b/.test(before))
  .map(([, , name]) => name ?? '');
const libraryWorker = assets.filter((name) => name.startsWith('library.worker') && name.endsWith('.js'));
const first = closure([...fromPage, ...libraryWorker]).map((name) => join(dist, 'assets', name));
first.push(join(dist, 'index.html'), join(dist, 'demo', 'demo.json'));

const rows = assets
  .map((name) => join(dist, 'assets', name))
  .filter((file) => !file.endsWith('.wasm'))
  .map((file) => ({ file, raw: statSync(file).size / 1024, brotli: brotliKb(file) }))
  .sort((a, b) => b.brotli - a.brotli);
console.log('size, KB: raw, brotli');
for (const { file, raw, brotli } of rows)
  console.log(`${raw.toFixed(1).padStart(9)} ${brotli.toFixed(1).padStart(8)}  ${basename(file)}`);

const total = first.reduce((sum, file) => sum + brotliKb(file), 0);
console.log(`before the first suggestion: ${total.toFixed(1)} KB brotli of ${FIRST_SUGGESTION_BUDGET_KB}`);
for (const file of first) console.log(`  ${brotliKb(file).toFixed(1).padStart(7)}  ${basename(file)}`);
if (total > FIRST_SUGGESTION_BUDGET_KB) {
  console.error('Over budget: load something later, or drop it.');
  process.exit(1);
}
