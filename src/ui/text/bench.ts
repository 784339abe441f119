// Words of the page that measures a device.
import type { Way } from '../../app/bench/deviceBench.ts';
import type { ExecutionProvider } from '../../core/index.ts';
import { count, figure } from './count.ts';

export const bench = {
  pageTitle: 'Measure this device · Kindred',
  heading: 'How fast this device reads',
  lead: 'Reads the demo’s posts on your graphics processor and on your processor, with the model that the app starts with, and shows how many posts each reads in a second.',
  leadMore:
    'Takes about a minute and fetches the model if this browser does not have it yet. Nothing is sent anywhere; the table is yours to copy. Close other tabs for steadier numbers.',
  home: 'Kindred',
  back: 'Back to Status',
  start: 'Measure',
  again: 'Measure again',
  stop: 'Stop',
  copy: 'Copy as Markdown',
  copied: 'Copied.',
  copyFailed: 'The browser did not allow copying. Select the table instead.',
  opening: 'Fetching and starting the model',
  measuring: (set: number, sets: number) => `Measuring, ${figure(set)} of ${figure(sets)} lengths`,
  stopped: 'Stopped. What was measured until then is below.',
  failed: 'The measurement did not finish',
  done: 'Measured.',

  provider: { webgpu: 'WebGPU', wasm: 'WebAssembly' } satisfies Record<ExecutionProvider, string>,
  way: { webgpu: 'WebGPU', 'webgpu-alone': 'one text a run', wasm: 'WebAssembly' } satisfies Record<Way, string>,
  together: 'WebGPU, texts of one length together',
  device: 'Device',
  browser: 'Browser',
  cores: 'Cores',
  gpu: 'Graphics',
  gpuNone: 'none offered by the browser',
  isolated: 'Isolated',
  isolatedYes: 'yes, threads can be used',
  isolatedNo: 'no: the server sends no headers for it, so there is one thread',
  model: 'Model',
  notMeasured: 'not measured',
  backend: (threads: number, format: string) =>
    threads > 1 ? `${count(threads, 'thread', 'threads')}, ${format}` : format,
  ready: (seconds: string, fromCache: boolean) =>
    `ready in ${seconds} s, the model ${fromCache ? 'from this browser' : 'fetched'}`,
  probes: (cosine: string) => `worst probe ${cosine}`,
  batchesRefused: (why: string) => `one text a run: ${why}`,
  agreement: 'Agreement of the two',
  agreementOf: (mean: string, worst: string) => `mean cosine ${mean}, worst ${worst}`,

  table: 'Posts a second',
  length: 'Length of a post',
  tokens: (tokens: number) => `${figure(Math.round(tokens))} tokens`,
  paragraphs: (tokens: number) => `paragraphs as they come, ${figure(Math.round(tokens))} tokens on average`,
  atOnce: (texts: number) => `${figure(texts)} paragraphs at once`,
  ratio: (one: string, other: string) => `${one} ÷ ${other}`,
  none: '–',
};
