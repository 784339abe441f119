// The library's status in each situation that the page must show.
import type { DevicePlan, LibraryStatus, ModelChange, ModelOption, ModelState } from '../core/index.ts';
import { START_TIMES } from './startTimes.ts';

export const fakeScenes = [
  'ready',
  'first-visit',
  'empty',
  'model-loading',
  'model-failed',
  'model-held',
  'storage-full',
  'memory-only',
  'not-promised',
  'little-room',
  'blocked',
] as const;
export type FakeScene = (typeof fakeScenes)[number];

const MODEL = 'kindred-post-1-quick';
const MODEL_BYTES = 22_900_000;

const options: ModelOption[] = [
  {
    id: MODEL,
    name: 'Kindred Post 1 quick',
    size: 'quick',
    bytes: MODEL_BYTES,
    kept: true,
    keptBytes: MODEL_BYTES,
    dimension: 128,
    msPerPost: 204,
  },
  {
    id: 'kindred-post-1-thorough',
    name: 'Kindred Post 1 thorough',
    size: 'thorough',
    bytes: 33_600_000,
    kept: true,
    keptBytes: 33_600_000,
    dimension: 128,
    msPerPost: 408,
  },
  {
    id: 'all-minilm-l6-v2',
    name: 'all-MiniLM-L6-v2',
    size: 'base',
    bytes: 24_100_000,
    kept: false,
    keptBytes: 0,
    dimension: 384,
    msPerPost: 204,
  },
];

const plan: DevicePlan = {
  provider: 'wasm',
  format: 'int8',
  threads: 2,
  workers: 1,
  readers: null,
  threadsMeasured: true,
  batched: false,
  batchedMeasured: false,
  probeWorstCosine: 0.9991,
  candidates: [
    {
      provider: 'webgpu',
      format: 'fp16',
      chosen: false,
      reason: 'slower here: 1210 tokens a second there, 2940 on the processor',
      again: 'webgpu',
    },
    {
      provider: 'wasm',
      format: 'int8',
      chosen: true,
      reason: '2 threads with SIMD, the fastest here, as measured',
      again: null,
    },
  ],
  device: 'Chromium 144, intel gen-12lp, 2 cores',
  key: 'Chromium 144, intel gen-12lp, 2 cores | kindred-post-1-quick@1',
  race: {
    contenders: [
      { provider: 'webgpu', threads: 1, tokensPerSecond: 1_210, atMost: false },
      { provider: 'wasm', threads: 2, tokensPerSecond: 2_940, atMost: false },
      { provider: 'wasm', threads: 1, tokensPerSecond: 1_580, atMost: false },
    ],
    kept: { provider: 'wasm', threads: 2 },
    passages: 16,
    ms: 2_140,
    at: '2026-03-02T10:12:00.000Z',
  },
  demotions: [],
  losses: { times: 0, last: null },
};

export function fakeStatus(
  scene: FakeScene,
  {
    posts,
    embedded,
    msPerPost,
    chosen = MODEL,
    change = null,
  }: { posts: number; embedded: number; msPerPost: number; chosen?: string; change?: ModelChange | null },
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
    models: {
      options,
      choice: {
        model: chosen,
        by: chosen === MODEL ? 'rate' : 'person',
        measured: {
          device: 'wasm int8 ×2',
          model: MODEL,
          tokensPerSecond: 2_940,
          tokensPerPost: 600,
          posts: 500,
          msPerPost: 204,
          ms: 102_000,
          thoroughMs: 204_000,
          limitMs: 120_000,
        },
      },
      change,
    },
    tabs: { here: true, why: 'first', open: 1, changes: { posts: 0, drafts: 0, pairs: 0 } },
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
      databaseBytes: scene === 'memory-only' ? 0 : 1_300_000,
      persisted: scene !== 'not-promised',
      damaged: [],
      madeAt: scene === 'memory-only' ? null : Date.UTC(2026, 1, 3),
    },
    joined: 0,
    followed: 0,
    embeddedThisSession: scene === 'first-visit' ? done * 4 : 0,
  };
}

function modelState(scene: FakeScene): ModelState {
  switch (scene) {
    case 'model-loading':
      return { state: 'downloading', model: MODEL, loadedBytes: 9_600_000, totalBytes: MODEL_BYTES };
    case 'model-held':
      return { state: 'held', model: MODEL, bytes: MODEL_BYTES, why: 'saves-data' };
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
    case 'not-promised':
    case 'little-room':
    case 'blocked':
      return {
        state: 'ready',
        model: MODEL,
        dimension: 128,
        width: 384,
        bytes: MODEL_BYTES,
        fromCache: scene !== 'first-visit',
        notKept: null,
        start: START_TIMES,
      };
  }
}
