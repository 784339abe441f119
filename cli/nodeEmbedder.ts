// The shipped embedder in Node: the same core, the runtime's files from node_modules.
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, sep } from 'node:path';
import { loadModel } from '../src/core/model/loadModel.ts';
import type { LoadedModel } from '../src/core/model/loadModel.ts';
import { probeCapabilities } from '../src/core/model/capabilities.ts';
import type { RuntimeAssets } from '../src/core/model/engine.ts';
import { nodeModelFiles } from './nodeModelFiles.ts';
import type { ModelFiles } from '../src/core/model/modelFiles.ts';

export interface NodeEmbedderOptions {
  /** Folder with the manifest. */
  modelDir: string;
  /** Keeps the first numbers of each vector, renormalised; as many as the manifest says by default. */
  dim?: number;
  /** Two where there are two cores. */
  threads?: number;
  /** Part of the embedding space; 'none' by default. */
  passageRule?: string;
  /** What happens to a text over the model's limit; 'reject' by default. */
  overlong?: 'reject' | 'cut';
  /** In place of the folder's own files, for a network that does not ship. */
  files?: ModelFiles;
}

/** Loads, probes and returns the WASM embedder; errors as those of `loadModel`. */
export async function createNodeEmbedder(options: NodeEmbedderOptions): Promise<LoadedModel> {
  const { modelDir, dim, passageRule = 'none', overlong = 'reject' } = options;
  const capabilities = { ...(await probeCapabilities()), hardwareConcurrency: availableParallelism() };
  return loadModel(options.files ?? nodeModelFiles(modelDir), capabilities, {
    passageRule,
    overlong,
    provider: 'wasm',
    threads: options.threads ?? defaultThreads(),
    ...nodeAssets(),
    ...(dim === undefined ? {} : { dimension: dim }),
  });
}

/** Windows can't start the runtime's threads from a plain path. More than two gain little. */
const THREADS_WORK = process.platform !== 'win32';

function defaultThreads(): number {
  return THREADS_WORK ? Math.min(2, availableParallelism()) : 1;
}

/** A plain path: given a file address, the runtime would fetch it to start threads, which Node refuses. */
function nodeAssets(): { assets?: RuntimeAssets } {
  if (!THREADS_WORK) return {};
  return { assets: dirname(createRequire(import.meta.url).resolve('onnxruntime-web/wasm')) + sep };
}
