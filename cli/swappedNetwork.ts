// A model's folder with another network in place of the one for WASM, to measure networks that do not ship.
import { readFile } from 'node:fs/promises';
import { parseManifest } from '../src/core/model/manifest.ts';
import type { NetworkFile } from '../src/core/model/manifest.ts';
import { sha256 } from '../src/core/model/modelFiles.ts';
import type { ModelFiles } from '../src/core/model/modelFiles.ts';
import type { NumericFormat } from '../src/core/status.ts';

/** Low enough that any network loads and can be measured. */
const NO_TOLERANCE = 0.01;

/** `path` null keeps the folder's own network and only lifts its tolerance, so that it can be measured even when it is off. */
export async function swappedNetwork(
  files: ModelFiles,
  network: { path: string; format: NumericFormat } | null,
): Promise<ModelFiles> {
  const manifest = parseManifest(await files.readManifest(), files.place);
  let wasm: NetworkFile = { ...manifest.files.wasm, probeTolerance: NO_TOLERANCE };
  let bytes: Uint8Array<ArrayBuffer> | null = null;
  if (network !== null) {
    bytes = new Uint8Array(await readFile(network.path));
    wasm = { ...wasm, path: 'swapped.onnx', bytes: bytes.length, sha256: await sha256(bytes), format: network.format };
  }
  const swapped = bytes;
  return {
    place: files.place,
    readManifest: () => Promise.resolve(JSON.stringify({ ...manifest, files: { ...manifest.files, wasm } })),
    read: (file, options) =>
      swapped !== null && file.path === wasm.path
        ? Promise.resolve({ bytes: swapped, fromCache: true, verifyMs: 0, notKept: null })
        : files.read(file, options),
  };
}
