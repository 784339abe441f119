// Compiles the scan kernel, src/core/search/scan.wat, into the module that ships: `node scripts/buildScan.js`.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import loadWabt from 'wabt';

const folder = new URL('../src/core/search/', import.meta.url);

/** The source of the generated module, from the kernel as it stands. */
export async function buildScan() {
  const wabt = await loadWabt();
  const kernel = wabt.parseWat('scan.wat', readFileSync(new URL('scan.wat', folder), 'utf8'), { simd: true });
  kernel.validate();
  const { buffer } = kernel.toBinary({});
  kernel.destroy();
  const base64 = Buffer.from(buffer).toString('base64');
  const lines = base64.match(/.{1,100}/g) ?? [];
  return [
    '// Generated from scan.wat by scripts/buildScan.js: the scan kernel as WebAssembly, in base64.',
    'export const SCAN_WASM_BASE64 =',
    lines.map((line) => `  '${line}'`).join(' +\n') + ';\n',
  ].join('\n');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const path = fileURLToPath(new URL('scanBinary.ts', folder));
  writeFileSync(path, await buildScan());
  console.log(`Wrote ${path}`);
}
