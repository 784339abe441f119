// What the library needs of models: which there are, and one that may be loading, ready, lost and ready again, in whichever worker it runs.
import type { CosineScale, Embedder } from '../embedding.ts';
import type { Reading } from '../model/race.ts';
import type { ListedModel } from '../model/modelList.ts';
import type { DevicePlan, ExecutionProvider, ModelState, Refusable } from '../status.ts';

export interface ReadyModel {
  embedder: Embedder;
  /** Most tokens of a text, the special ones included. */
  maxTokens: number;
  cosines: CosineScale;
  /** As measured while it proved itself; null where that said nothing. */
  tokensPerSecond: number | null;
}

export interface ModelListener {
  onState: (state: ModelState) => void;
  onPlan: (plan: DevicePlan) => void;
  /** May come again, perhaps with another embedding space, after a worker was lost. */
  onReady: (model: ReadyModel) => void;
  /** The model that was ready is gone; another may become ready. */
  onLost: (reason: string) => void;
  /** Posts that are read with it and posts that wait. */
  reading: () => Reading;
}

export interface ModelPort {
  /** Starts loading, and tells the listener how it goes. Never throws: a failure is a state. */
  start(listener: ModelListener): void;
  /** After a failure, or where it is held: fetches what is missing and starts. */
  retry(): void;
  /** Stops fetching: it is held until `retry`. What has arrived is kept. Nothing happens when it is not being fetched. */
  hold(): void;
  /** The listener hears nothing more. */
  close(): Promise<void>;
}

/** What a model's manifest says of it. */
export interface ModelFacts {
  name: string;
  /** Of the files for a provider. */
  bytes: number;
  /** True when they all are in this browser. */
  kept: boolean;
  /** Of what this browser keeps of the model, for whichever provider and however little. */
  keptBytes: number;
  /** Numbers of a vector that are kept. */
  dimension: number;
}

export interface ModelSupply {
  /** Rejects with `model-missing`, `model-network` or `manifest-invalid`. */
  list(): Promise<readonly ListedModel[]>;
  /** Rejects as `list`. */
  facts(id: string, provider: ExecutionProvider): Promise<ModelFacts>;
  /**
   * A model of the list, not started yet; each call gives another. One that the author asked for is fetched on a device that
   * saves data too; any other is held there.
   */
  port(id: string, options?: { asked: boolean }): ModelPort;
  /** Forgets what this browser keeps of a model. */
  forget(id: string): Promise<void>;
  /** Forgets what was found out against a way of running models; `key` is that of the plan. A model that starts then tries it. */
  forgetRefusal(key: string, what: Refusable): Promise<void>;
}
