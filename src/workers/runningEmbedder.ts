// What the owner of the embedder's workers is asked for, and what it gives: types alone.
import type { CosineScale, Embedder, Lane } from '../core/embedding.ts';
import type { KindredError } from '../core/errors.ts';
import type { DeviceMemory } from '../core/model/deviceVerdicts.ts';
import type { DevicePlan } from '../core/status.ts';
import type { Survey } from './embedderService.ts';
import type { SessionOptions } from './openSession.ts';

export type { Survey } from './embedderService.ts';

export interface StartEmbedderOptions extends Omit<SessionOptions, 'verdicts'> {
  /** What is known of this device, and where what is found out is kept; by default nothing outlives the embedder. */
  memory?: DeviceMemory;
  /** The worker is replaced when its memory has grown to so many times what it was with the model loaded; 2 by default. */
  recycleAt?: number;
}

export interface RunningEmbedder extends Embedder {
  /** Most tokens of a text, the special ones included. */
  readonly maxTokens: number;
  readonly cosines: CosineScale;
  /** As measured while the probes were checked. */
  readonly tokensPerSecond: number | null;
  /** Of the worker that runs now. */
  readonly plan: DevicePlan;
  /** What the plan was made from. */
  readonly survey: Survey;
  /** Workers replaced because their memory had grown. */
  readonly recycled: number;
  /** Bytes that the runtime holds now. */
  memoryBytes(): number;
  /** Resolves when this embedder is at its end, disposed or lost for good, with the error that its calls reject with. */
  readonly closed: Promise<KindredError>;
  /** Once closed: another backend can take over, in another embedding space. */
  readonly replaceable: boolean;
  embed(...args: Parameters<Embedder['embed']>): Promise<Float32Array<ArrayBuffer>>;
  countTokens(texts: readonly string[], lane?: Lane): Promise<Uint32Array>;
  dispose(): void;
}
