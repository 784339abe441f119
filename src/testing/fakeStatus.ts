// The library's status in each situation that the page must show.
import type { DevicePlan, LibraryStatus, ModelState } from '../core/index.ts';

export const fakeScenes = [
  'ready',
  'first-visit',
  'empty',
  'model-loading',
  'model-failed',
  'storage-full',
  'memory-only',
  'blocked',
] as const;
export type FakeScene = (typeof fakeScenes)[number];

const MODEL = 'all-minilm-l6-v2';
const MODEL_BYTES = 22_900_000;

const plan: DevicePlan = {
  provider: 'wasm',
  format: 'int8',
  threads: 2,
  probeWorstCosine: 0.9991,
  candidates: [
    { provider: 'webgpu', format: 'fp16', chosen: false, reason: 'This browser offers no graphics adapter.' },
    { provider: 'wasm', format: 'int8', chosen: true, reason: 'Two threads, and all 16 checks agree.' },
  ],
};

export function fakeStatus(
  scene: FakeScene,
  { posts, embedded, msPerPost }: { posts: number; embedded: number; msPerPost: number },
): LibraryStatus {
  const model = modelState(scene);
  const ready = model.state === 'ready';
  const done = ready ? Math.min(embedded, posts) : 0;
  const waiting = posts - done;
  return {
    posts,
    passages: posts * 4,
    vectors: done * 4,
    model,
    plan: ready ? plan : null,
    queue: {
      waiting,
      done,
      msPerPost: done > 0 ? msPerPost : null,
      state: scene === 'model-failed' ? 'failed' : waiting > 0 && ready ? 'working' : 'idle',
      reason: scene === 'model-failed' ? 'The model is not there.' : null,
    },
    storage: {
      kind: scene === 'memory-only' ? 'memory' : 'indexeddb',
      reason: scene === 'memory-only' ? 'Private browsing: the browser keeps nothing for this page.' : null,
      usedBytes: 3_400_000,
      quotaBytes: scene === 'storage-full' ? 3_500_000 : 2_100_000_000,
      persisted: true,
    },
    embeddedThisSession: scene === 'first-visit' ? done * 4 : 0,
  };
}

function modelState(scene: FakeScene): ModelState {
  switch (scene) {
    case 'model-loading':
      return { state: 'downloading', model: MODEL, loadedBytes: 9_600_000, totalBytes: MODEL_BYTES };
    case 'model-failed':
      return {
        state: 'failed',
        model: MODEL,
        code: 'model-truncated',
        message: 'model_int8.onnx ended after 9.6 of 22.9 MB.',
      };
    case 'ready':
    case 'first-visit':
    case 'empty':
    case 'storage-full':
    case 'memory-only':
    case 'blocked':
      return { state: 'ready', model: MODEL, dimension: 384, bytes: MODEL_BYTES, fromCache: scene !== 'first-visit' };
  }
}
