// Which models a library can be read with, which one it is, why, and how a change of it goes.
import type { ModelState } from './status.ts';

/** Quick for slow devices, thorough where twice the time is no trouble, base as it was published. */
export type ModelSize = 'quick' | 'thorough' | 'base';

/** A model that can be chosen. */
export interface ModelOption {
  /** Name of its folder. */
  id: string;
  /** As its manifest has it; null until that was read. */
  name: string | null;
  size: ModelSize;
  /** Its files for this device; null until its manifest was read. */
  bytes: number | null;
  /** True when this browser has them all. */
  kept: boolean;
  /** What this browser keeps of the model, in bytes: files for any device, and downloads that were broken off. */
  keptBytes: number;
  /** Numbers of a vector that are kept; null until its manifest was read. */
  dimension: number | null;
  /** Expected time for a post on this device; null before anything was measured. */
  msPerPost: number | null;
}

/** What was measured on this device when the size was decided. */
export interface SizeMeasurement {
  /** Where the model ran, with what numbers and threads. */
  device: string;
  /** Model that was measured, with how many tokens a second it embedded. */
  model: string;
  tokensPerSecond: number;
  /** Tokens in the passages of a post, as they were or as they are assumed. */
  tokensPerPost: number;
  /** Size of the library that the decision is made for. */
  posts: number;
  /** Expected for the chosen model: one post, and all of `posts`. */
  msPerPost: number;
  ms: number;
  /** Expected for the thorough model, all of `posts`; null where there is none. */
  thoroughMs: number | null;
  /** Longest time that `posts` may take. */
  limitMs: number;
}

export interface ModelChoice {
  model: string;
  /** `rate`: from what was measured. `only`: there is no other. `person`: chosen. `library`: it was read with it already. */
  by: 'rate' | 'only' | 'person' | 'library';
  measured: SizeMeasurement | null;
}

/** A change under way: another model reads every post, while the one before answers. */
export interface ModelChange {
  to: string;
  model: ModelState;
  posts: number;
  /** Posts that it has not read yet. */
  waiting: number;
  /** Milliseconds a post over the last ones; null before the first. */
  msPerPost: number | null;
  state: 'waiting-for-model' | 'reading' | 'paused' | 'failed';
  /** Why, when paused or failed. */
  reason: string | null;
}

export interface ModelsStatus {
  /** In the order to show them; empty until the list was read. */
  options: ModelOption[];
  /** Null until a model was decided for. */
  choice: ModelChoice | null;
  change: ModelChange | null;
}
