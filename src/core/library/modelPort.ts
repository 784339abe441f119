// What the library needs of a model: one that may be loading, ready, lost and ready again, in whichever worker it runs.
import type { Embedder } from '../embedding.ts';
import type { OpenOptions } from '../libraryApi.ts';
import type { DevicePlan, ModelState } from '../status.ts';

export interface ReadyModel {
  embedder: Embedder;
  /** Most tokens of a text, the special ones included. */
  maxTokens: number;
}

export interface ModelListener {
  onState: (state: ModelState) => void;
  onPlan: (plan: DevicePlan) => void;
  /** May come again, perhaps with another embedding space, after a worker was lost. */
  onReady: (model: ReadyModel) => void;
  /** The model that was ready is gone; another may become ready. */
  onLost: (reason: string) => void;
}

export interface ModelPort {
  /** Starts loading, and tells the listener how it goes. Never throws: a failure is a state. */
  start(listener: ModelListener, options: OpenOptions): void;
  /** After a failure: forgets damaged files and starts over. */
  retry(): void;
  close(): Promise<void>;
}
