// What the embedder's worker serves: one model, loaded once. Pure compute; it may be killed at any time.
import type { CosineScale, Embedder, EmbeddingSpace } from '../core/embedding.ts';
import { KindredError } from '../core/errors.ts';
import { probeCapabilities } from '../core/model/capabilities.ts';
import type { Capabilities } from '../core/model/capabilities.ts';
import type { LocalEmbedder } from '../core/model/embedder.ts';
import type { RuntimeAssets } from '../core/model/engine.ts';
import { loadModel } from '../core/model/loadModel.ts';
import type { LoadOptions } from '../core/model/loadModel.ts';
import { webModelFiles } from '../core/model/webModelFiles.ts';
import { transfer } from './rpc/index.ts';

export interface ServiceLoadOptions extends Omit<LoadOptions, 'assets'> {
  /** Absolute address of the model's folder, ending with a slash. */
  folder: string;
}

export interface ServedModel {
  space: EmbeddingSpace;
  maxTokens: number;
  cosines: CosineScale;
  /** As measured while the probes were checked. */
  tokensPerSecond: number | null;
}

export class EmbedderService {
  private readonly assets: RuntimeAssets;
  private readonly probeCapabilities: () => Promise<Capabilities>;
  private embedder: LocalEmbedder | null = null;

  constructor(assets: RuntimeAssets, ports = { probeCapabilities }) {
    this.assets = assets;
    this.probeCapabilities = ports.probeCapabilities;
  }

  /** Errors as `loadModel`. After one on WebGPU this worker is unusable: start another. */
  async load({ folder, ...options }: ServiceLoadOptions): Promise<ServedModel> {
    const files = webModelFiles(folder);
    const loaded = await loadModel(files, await this.probeCapabilities(), { ...options, assets: this.assets });
    this.embedder = loaded.embedder;
    const { embedder, manifest, tokensPerSecond } = loaded;
    return { space: embedder.space, maxTokens: manifest.maxTokens, cosines: manifest.cosines, tokensPerSecond };
  }

  async embed(texts: readonly string[], options: Parameters<Embedder['embed']>[1]): Promise<Float32Array<ArrayBuffer>> {
    const vectors = await this.loaded().embed(texts, options);
    return transfer(vectors, [vectors.buffer]);
  }

  countTokens(texts: readonly string[]): Uint32Array {
    return this.loaded().countTokens(texts);
  }

  async dispose(): Promise<void> {
    await this.embedder?.dispose();
    this.embedder = null;
  }

  private loaded(): LocalEmbedder {
    if (this.embedder !== null) return this.embedder;
    throw new KindredError('disposed', 'The embedder has no model loaded; load one first.');
  }
}
