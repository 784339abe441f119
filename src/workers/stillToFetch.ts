// What a device that saves data would have to fetch.
import { parseManifest } from '../core/model/manifest.ts';
import { neededFiles } from '../core/model/neededFiles.ts';
import { areKept, webModelFiles } from '../core/model/webModelFiles.ts';
import type { ExecutionProvider } from '../core/status.ts';

/**
 * What would have to be fetched of a model before it can start: null when nothing, or when that can't be told. Where it will
 * run isn't known before it does; what is kept for either place will do, and the size is that for WebAssembly.
 */
export async function stillToFetch(
  folder: string,
  provider: ExecutionProvider | undefined,
): Promise<{ model: string; bytes: number } | null> {
  const files = webModelFiles(folder);
  try {
    const manifest = parseManifest(await files.readManifest(), `${files.place}manifest.json`);
    const places: ExecutionProvider[] = provider === undefined ? ['wasm', 'webgpu'] : [provider];
    for (const place of places) if (await areKept(folder, neededFiles(manifest, place))) return null;
    const bytes = neededFiles(manifest, places[0] ?? 'wasm').reduce((sum, file) => sum + file.bytes, 0);
    return { model: manifest.id, bytes };
  } catch {
    // Starting it will say why.
    return null;
  }
}
