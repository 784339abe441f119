import { describe, expect, it } from 'vitest';
import { FakeCacheStorage } from '../../../testing/fakeCacheStorage.ts';
import type { Capabilities } from '../capabilities.ts';
import { sha256 } from '../modelFiles.ts';
import { webModelFiles } from '../webModelFiles.ts';
import { parseManifest } from '../manifest.ts';
import { earlyFile } from './earlyFile.ts';

const MODELS = 'https://kindred.test/models/';
const bytes = (size: number): Uint8Array<ArrayBuffer> => Uint8Array.from({ length: size }, (_, at) => at % 199);
const SIZES = { tokenizer: 20, tokenizerConfig: 10, probes: 30, wasm: 900, webgpu: 1_200 } as const;
type FileName = keyof typeof SIZES;

async function site() {
  const file = async (name: FileName) => ({
    path: `${name}.bin`,
    bytes: SIZES[name],
    sha256: await sha256(bytes(SIZES[name])),
  });
  const manifest = async (id: string): Promise<string> =>
    JSON.stringify({
      id,
      name: id,
      revision: '1',
      licence: 'Apache-2.0',
      source: 'test',
      dimension: 4,
      pooling: 'mean',
      normalise: true,
      cosines: { unrelated: 0.3, usual: 0.5, same: 0.9 },
      maxTokens: 128,
      prefix: '',
      input: ['input_ids'],
      output: 'vectors',
      files: {
        tokenizer: await file('tokenizer'),
        tokenizerConfig: await file('tokenizerConfig'),
        probes: await file('probes'),
        wasm: { ...(await file('wasm')), format: 'int8', probeTolerance: 0.99 },
        webgpu: { ...(await file('webgpu')), format: 'nbits', probeTolerance: 0.99 },
      },
    });
  const texts = new Map<string, string>([
    [
      `${MODELS}models.json`,
      JSON.stringify([
        { id: 'thorough', size: 'thorough', layers: 12 },
        { id: 'quick', size: 'quick', layers: 6 },
      ]),
    ],
    [`${MODELS}quick/manifest.json`, await manifest('quick')],
    [`${MODELS}thorough/manifest.json`, await manifest('thorough')],
  ]);
  const asked: string[] = [];
  const fetch = (address: string): Promise<Response> => {
    asked.push(address);
    const text = texts.get(address);
    const name = Object.keys(SIZES).find((one) => address.endsWith(`${one}.bin`)) as FileName | undefined;
    if (name !== undefined) return Promise.resolve(new Response(bytes(SIZES[name])));
    return Promise.resolve(text === undefined ? new Response('', { status: 404 }) : new Response(text));
  };
  return { asked, fetch, caches: new FakeCacheStorage() };
}

const device = (gpu: Capabilities['gpu']) => (): Promise<Capabilities> =>
  Promise.resolve({
    crossOriginIsolated: true,
    hardwareConcurrency: 2,
    memoryGib: 8,
    wasmSimd: true,
    wasmThreads: true,
    jspi: true,
    browser: 'Chromium 1',
    gpu,
    shaderF16: true,
    adapter: gpu === 'absent' ? null : 'a card',
    gpuBufferBytes: null,
  });

describe('the file to begin with', () => {
  it('is the network of the model that a new library starts with, for the place where the plan would run it', async () => {
    const { fetch, caches } = await site();
    const of = (gpu: Capabilities['gpu']) => earlyFile(MODELS, null, { fetch, caches, probeCapabilities: device(gpu) });
    expect(await of('absent')).toBe(`${MODELS}quick/wasm.bin`);
    expect(await of('software')).toBe(`${MODELS}quick/wasm.bin`);
    expect(await of('hardware')).toBe(`${MODELS}quick/webgpu.bin`);
  });

  it('is that of the model which the library was read with, where it ran', async () => {
    const { fetch, caches } = await site();
    const ports = { fetch, caches, probeCapabilities: device('hardware') };
    expect(await earlyFile(MODELS, { id: 'thorough', provider: 'wasm' }, ports)).toBe(`${MODELS}thorough/wasm.bin`);
    expect(await earlyFile(MODELS, { id: 'gone', provider: 'wasm' }, ports)).toBe(`${MODELS}quick/webgpu.bin`);
  });

  it('is none once it is kept, and whoever was here before asks the network for nothing', async () => {
    const { asked, fetch, caches } = await site();
    const ports = { fetch, caches, wait: () => Promise.resolve(), online: () => true };
    const files = webModelFiles(`${MODELS}quick/`, ports);
    const manifest = parseManifest(await files.readManifest(), 'manifest.json');
    const { tokenizer, tokenizerConfig, probes, wasm } = manifest.files;
    await files.read(wasm);
    expect(await earlyFile(MODELS, null, { fetch, caches, probeCapabilities: device('absent') })).toBeNull();
    for (const file of [tokenizer, tokenizerConfig, probes]) await files.read(file);
    asked.length = 0;
    const last = { id: 'quick', provider: 'wasm' } as const;
    expect(await earlyFile(MODELS, last, { fetch, caches })).toBeNull();
    expect(asked).toEqual([]);
  });

  it('is none where a part of it is kept: the rest is asked for by range', async () => {
    const { fetch, caches } = await site();
    const cache = await caches.open('kindred-model-parts');
    const { sha256: hash } = parseManifest(await (await fetch(`${MODELS}quick/manifest.json`)).text(), 'manifest.json')
      .files.wasm;
    await cache.put(`${MODELS}quick/wasm.bin?sha256=${hash}&part=0`, new Response(bytes(900)));
    expect(await earlyFile(MODELS, null, { fetch, caches, probeCapabilities: device('absent') })).toBeNull();
  });

  it('can not be told without a network', async () => {
    const { caches } = await site();
    const fetch = (): Promise<Response> => Promise.reject(new TypeError('offline'));
    await expect(earlyFile(MODELS, null, { fetch, caches })).rejects.toMatchObject({ code: 'model-network' });
  });
});
