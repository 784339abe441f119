// A model's folder on this computer's disk.
import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { KindredError } from '../src/core/errors.ts';
import { verify } from '../src/core/model/modelFiles.ts';
import type { ModelFiles } from '../src/core/model/modelFiles.ts';

/** Files are verified as in the browser. A missing one rejects with `model-missing`. */
export function nodeModelFiles(modelDir: string): ModelFiles {
  return {
    place: modelDir.endsWith(sep) ? modelDir : modelDir + sep,
    readManifest: async () => (await readBytes(join(modelDir, 'manifest.json'))).toString('utf8'),
    async read(file, options = {}) {
      options.signal?.throwIfAborted();
      const bytes = new Uint8Array(await readBytes(join(modelDir, file.path)));
      const started = performance.now();
      await verify(file, bytes);
      const verifyMs = performance.now() - started;
      options.onProgress?.(bytes.byteLength);
      return { bytes, fromCache: true, verifyMs, notKept: null };
    },
  };
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    const message = `${path} can not be read. Name a model that lies in public/models, or the path of a model's folder.`;
    throw new KindredError('model-missing', message, { item: path, cause });
  }
}
