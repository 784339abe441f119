// Files as a good host sends them: text and WebAssembly compressed once with brotli, models as they are.
import { brotliCompressSync, constants } from 'node:zlib';
import type { HostedFile } from '../../scripts/staticHost.ts';

const COMPRESSIBLE = /\.(?:html|js|mjs|css|json|svg|wasm)$/;
/** What hosts use for files that they compress once; 11 takes minutes for a runtime and saves a tenth more. */
const QUALITY = 9;

const known = new WeakMap<Buffer, HostedFile>();

export function compressed(path: string, file: HostedFile | null): HostedFile | null {
  if (file === null || !COMPRESSIBLE.test(path)) return file;
  const done = known.get(file.body) ?? { ...file, body: brotli(file.body), encoding: 'br' };
  known.set(file.body, done);
  return done;
}

export const brotli = (body: Buffer): Buffer =>
  brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } });
