// What the embedder's worker serves: one model, loaded once. Pure compute; it may be killed at any time.
import type { CosineScale, EmbedOptions, EmbeddingSpace, Lane } from '../core/embedding.ts';
import { KindredError } from '../core/errors.ts';
import { probeCapabilities } from '../core/model/capabilities.ts';
import type { Capabilities } from '../core/model/capabilities.ts';
import type { PlannedModel } from '../core/model/devicePlan.ts';
import type { LocalEmbedder, RunListener } from '../core/model/embedder.ts';
import type { RuntimeAssets } from '../core/model/engine.ts';
import { loadModel } from '../core/model/loadModel.ts';
import type { LoadOptions } from '../core/model/loadModel.ts';
import type { StartStage } from '../core/model/startWatch.ts';
import { webModelFiles } from '../core/model/webModelFiles.ts';
import type { DevicePlan } from '../core/status.ts';
import { holdLifeline } from './lifeline.ts';
import { transfer } from './rpc/index.ts';

export interface ServiceLoadOptions extends Omit<LoadOptions, 'assets' | 'onRun' | 'onStage'> {
  /** Absolute address of the model's folder, ending with a slash. */
  folder: string;
}

/** What a plan is made from: it can be made again when more is known. */
export interface Survey {
  capabilities: Capabilities;
  model: PlannedModel;
}

export interface ServedModel {
  space: EmbeddingSpace;
  maxTokens: number;
  cosines: CosineScale;
  /** As measured while the probes were checked. */
  tokensPerSecond: number | null;
  plan: DevicePlan;
  survey: Survey;
  /** Bytes of the runtime's linear memory, the model in it. */
  memoryBytes: number;
}

/** What a worker tells unasked. */
export type WorkerNews =
  | { news: 'alive' }
  | { news: 'start'; stage: StartStage }
  | { news: 'run-began'; tokens: number }
  /** `ms` is null when it failed. */
  | { news: 'run-ended'; tokens: number; ms: number | null; memoryBytes: number }
  | { news: 'device-lost'; reason: string };

export interface EmbedderServicePorts {
  probeCapabilities: () => Promise<Capabilities>;
  /** Of the runtime, as it is now. */
  memoryBytes: () => number;
}

export class EmbedderService {
  private readonly assets: RuntimeAssets;
  private readonly ports: EmbedderServicePorts;
  private embedder: LocalEmbedder | null = null;
  private tell: (news: WorkerNews) => void = () => undefined;
  private endWatch: () => void = () => undefined;

  constructor(assets: RuntimeAssets, ports: Partial<EmbedderServicePorts> = {}) {
    this.assets = assets;
    this.ports = { probeCapabilities, memoryBytes: () => 0, ...ports };
  }

  /**
   * Told of everything from now on, first that the worker lives and holds its lifeline, where there are such; resolves when the
   * service is disposed. One watcher at a time.
   */
  watch(lifeline: string, onNews: (news: WorkerNews) => void): Promise<void> {
    this.tell = onNews;
    void holdLifeline(lifeline).then((held) => held && this.tell({ news: 'alive' }));
    return new Promise((resolve) => (this.endWatch = resolve));
  }

  /** The graphics card is gone: runs under way may never end. */
  deviceLost(reason: string): void {
    this.tell({ news: 'device-lost', reason });
  }

  /** Errors as `loadModel`. After one on WebGPU this worker is unusable: start another. */
  async load({ folder, ...options }: ServiceLoadOptions): Promise<ServedModel> {
    const files = webModelFiles(folder);
    const onStage = (stage: StartStage): void => this.tell({ news: 'start', stage });
    onStage('device');
    const capabilities = await this.ports.probeCapabilities();
    const onRun: RunListener = {
      began: (tokens) => this.tell({ news: 'run-began', tokens }),
      ended: (tokens, ms) => this.tell({ news: 'run-ended', tokens, ms, memoryBytes: this.ports.memoryBytes() }),
    };
    const loaded = await loadModel(files, capabilities, { ...options, assets: this.assets, onRun, onStage });
    this.embedder = loaded.embedder;
    const { embedder, manifest, tokensPerSecond, plan } = loaded;
    const { maxTokens, cosines } = manifest;
    const { id, revision, files: networks } = manifest;
    const model = { id, revision, files: { wasm: networks.wasm, webgpu: networks.webgpu } };
    const memoryBytes = this.ports.memoryBytes();
    const survey = { capabilities, model };
    return { space: embedder.space, maxTokens, cosines, tokensPerSecond, plan, survey, memoryBytes };
  }

  async embed(texts: readonly string[], options: EmbedOptions): Promise<Float32Array<ArrayBuffer>> {
    const vectors = await this.loaded().embed(texts, options);
    return transfer(vectors, [vectors.buffer]);
  }

  countTokens(texts: readonly string[], lane?: Lane): Uint32Array {
    return this.loaded().countTokens(texts, lane);
  }

  async dispose(): Promise<void> {
    await this.embedder?.dispose();
    this.embedder = null;
    this.endWatch();
  }

  private loaded(): LocalEmbedder {
    if (this.embedder !== null) return this.embedder;
    throw new KindredError('disposed', 'The embedder has no model loaded; load one first.');
  }
}
