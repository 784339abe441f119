// Several texts in one run on WebGPU, with the runtime that ships, on an emulated card: each has the vector that it has alone.
import { afterAll, describe, expect, test } from 'vitest';
import { BATCH_TOLERANCE, proveBatches } from '../core/model/batchProof.ts';
import { BatchBudget } from '../core/model/batchBudget.ts';
import { probeCapabilities } from '../core/model/capabilities.ts';
import { runRows } from '../core/model/embedder.ts';
import { createEngine, type Engine } from '../core/model/engine.ts';
import { parseManifest, type ModelManifest } from '../core/model/manifest.ts';
import { parseProbes } from '../core/model/probes.ts';
import { shippedModelFolder } from '../testing/shippedModel.ts';
import { runtimeAssets } from './runtimeAssets.ts';

const TINY = new URL('/src/testing/models/tiny/', location.origin).href;
/** A run of the shipped model takes seconds here. */
const SLOW = { timeout: 600_000 };

interface Limits {
  maxBufferSize: number;
  maxStorageBufferBindingSize: number;
  maxComputeWorkgroupStorageSize: number;
  maxComputeInvocationsPerWorkgroup: number;
}
interface Adapter {
  limits: Limits;
  features: Set<string>;
  requestDevice: (asked?: { requiredLimits?: Partial<Limits>; requiredFeatures?: Iterable<string> }) => Promise<object>;
}
interface GpuNavigator {
  gpu?: { requestAdapter(): Promise<Adapter | null> };
}
const { gpu } = navigator as GpuNavigator;
const adapter = (await gpu?.requestAdapter()) ?? null;
if (adapter === null) console.warn('NO WEBGPU ADAPTER: batches are not tested');

/** What the runtime asked the adapter for. */
const asked: Parameters<Adapter['requestDevice']>[0][] = [];
if (adapter !== null) {
  const prototype = Object.getPrototypeOf(adapter) as Adapter;
  const { requestDevice } = prototype;
  prototype.requestDevice = function (this: Adapter, ...args) {
    asked.push(args[0]);
    return Reflect.apply(requestDevice, this, args);
  };
}

interface Opened {
  engine: Engine;
  manifest: ModelManifest;
  /** Token ids of the probes. */
  probes: (readonly number[])[];
}

const opened: Engine[] = [];
afterAll(async () => {
  for (const engine of opened) await engine.dispose();
});

async function open(folder: string): Promise<Opened> {
  const bytes = async (path: string): Promise<Uint8Array> =>
    new Uint8Array(await (await fetch(new URL(path, folder))).arrayBuffer());
  const text = async (path: string): Promise<string> => new TextDecoder().decode(await bytes(path));
  const manifest = parseManifest(await text('manifest.json'), 'manifest.json');
  const { webgpu, probes } = manifest.files;
  const list = parseProbes(JSON.parse(await text(probes.path)), manifest.dimension, probes.path);
  const { jspi } = await probeCapabilities();
  const engine = await createEngine(await bytes(webgpu?.path ?? ''), manifest, {
    provider: 'webgpu',
    build: jspi ? 'jspi' : 'asyncify',
    threads: 1,
    assets: runtimeAssets(location.href),
  });
  opened.push(engine);
  return { engine, manifest, probes: list.map(({ tokens }) => tokens) };
}

/** Texts of so many tokens: the beginnings of the probes that have as many. */
const rowsOf = (probes: Opened['probes'], length: number): number[][] =>
  probes.filter((ids) => ids.length >= length).map((ids) => [...ids.slice(0, length - 1), ...ids.slice(-1)]);

const cosine = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? NaN), 0);

async function compare({ engine, manifest, probes }: Opened, length: number, sizes: readonly number[]): Promise<void> {
  const { dimension } = manifest;
  const rows = rowsOf(probes, length).slice(0, Math.max(...sizes));
  expect(rows).toHaveLength(Math.max(...sizes));
  const parts = { engine, batches: null };
  const alone: Float32Array[] = [];
  for (const row of rows) alone.push(await runRows(parts, [row]));
  expect(cosine(alone[0] ?? new Float32Array(), alone[1] ?? new Float32Array())).toBeLessThan(BATCH_TOLERANCE);
  for (const size of sizes) {
    // Not in their order, so that a row is not where its text was before.
    const chosen = rows
      .map((_, at) => at)
      .slice(-size)
      .reverse();
    const together = await runRows(
      parts,
      chosen.map((at) => rows[at] ?? []),
    );
    for (const [row, at] of chosen.entries()) {
      const own = together.subarray(row * dimension, (row + 1) * dimension);
      expect(cosine(own, alone[at] ?? new Float32Array())).toBeGreaterThanOrEqual(BATCH_TOLERANCE);
    }
  }
}

describe.skipIf(adapter === null)('in one run on WebGPU', () => {
  test('two to five texts of any length have the vectors that they have alone', SLOW, async () => {
    const tiny = await open(TINY);
    for (const length of [3, 4, 13, 19]) await compare(tiny, length, [2, 3, 4, 5]);
    expect(
      await proveBatches(
        tiny.probes,
        (rows) => runRows({ engine: tiny.engine, batches: null }, rows),
        new BatchBudget(),
      ),
    ).toBe(26);
  });

  test('two to four texts do so with the model that ships', SLOW, async () => {
    await compare(await open(await shippedModelFolder()), 6, [2, 3, 4]);
  });

  test('the runtime takes from the adapter what it can give, and no feature that it lacks', () => {
    expect(asked.length).toBeGreaterThan(0);
    for (const { requiredLimits = {}, requiredFeatures = [] } of asked.map((one) => one ?? {})) {
      const names = [
        'maxBufferSize',
        'maxStorageBufferBindingSize',
        'maxComputeWorkgroupStorageSize',
        'maxComputeInvocationsPerWorkgroup',
      ] as const;
      for (const name of names) expect([name, requiredLimits[name]]).toEqual([name, adapter?.limits[name]]);
      for (const feature of requiredFeatures) expect(adapter?.features.has(feature)).toBe(true);
    }
  });
});
