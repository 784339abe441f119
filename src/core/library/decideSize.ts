// Which size a new library starts with: thorough where a usual library is read with it in good time, else quick.
import type { ModelChoice } from '../modelChoice.ts';
import { starter, type ListedModel } from '../model/modelList.ts';
import { derivedRate } from './pace.ts';

/** A library of this many posts is to be read within this time. */
const USUAL_POSTS = 500;
const LIMIT_MS = 120_000;

export interface Measured {
  model: ListedModel;
  tokensPerSecond: number;
  tokensPerPost: number;
  /** Where it ran. */
  device: string;
}

/** `measured` is of the list's starter; null where nothing could be measured: then that one it is. */
export function decideSize(list: readonly ListedModel[], measured: Measured | null): ModelChoice {
  const first = starter(list);
  if (measured === null) return { model: first.id, by: list.length === 1 ? 'only' : 'rate', measured: null };
  const { model, tokensPerSecond, tokensPerPost, device } = measured;
  const msPerPost = (wanted: ListedModel): number =>
    (tokensPerPost / derivedRate(tokensPerSecond, model, wanted)) * 1000;
  const thorough = first.size === 'quick' ? (list.find(({ size }) => size === 'thorough') ?? null) : null;
  const thoroughMs = thorough === null ? null : msPerPost(thorough) * USUAL_POSTS;
  const chosen = thorough !== null && thoroughMs !== null && thoroughMs <= LIMIT_MS ? thorough : first;
  return {
    model: chosen.id,
    by: list.length === 1 ? 'only' : 'rate',
    measured: {
      device,
      model: model.id,
      tokensPerSecond,
      tokensPerPost,
      posts: USUAL_POSTS,
      msPerPost: msPerPost(chosen),
      ms: msPerPost(chosen) * USUAL_POSTS,
      thoroughMs,
      limitMs: LIMIT_MS,
    },
  };
}
