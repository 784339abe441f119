// From a model's folder to an embedder that has proved itself: manifest, plan, files, session, probes, in this order.
import type { EmbeddingSpace } from '../embedding.ts';
import { KindredError } from '../errors.ts';
import type { DevicePlan, ExecutionProvider, ModelState, StartTimes } from '../status.ts';
import { BatchBudget } from './batchBudget.ts';
import { proveBatches } from './batchProof.ts';
import type { Capabilities } from './capabilities.ts';
import { planDevice, runtimeBuild } from './devicePlan.ts';
import { deviceKey, type DeviceVerdicts } from './deviceVerdicts.ts';
import { createEmbedder, runRows } from './embedder.ts';
import type { LocalEmbedder, RunListener } from './embedder.ts';
import { embedTimed } from './embedTimed.ts';
import { createEngine, startRuntime } from './engine.ts';
import type { RuntimeAssets } from './engine.ts';
import { parseManifest } from './manifest.ts';
import type { ModelFile, ModelManifest } from './manifest.ts';
import type { ModelFiles, ReadFile } from './modelFiles.ts';
import { neededFiles, networkFile, readAll } from './neededFiles.ts';
import { parseProbes, runProbes } from './probes.ts';
import type { StartStage } from './startWatch.ts';
import { createTokenizer } from './tokenizer.ts';

export interface LoadOptions {
  /** Rule that cuts posts into passages, by name and version; part of the embedding space. */
  passageRule: string;
  /** Keeps the first numbers of each vector, renormalised; as many as the manifest says by default. */
  dimension?: number;
  provider?: ExecutionProvider;
  /** What was found out about devices, this one perhaps among them. */
  verdicts?: DeviceVerdicts;
  /** In place of the number that the plan would choose, on WASM. */
  threads?: number;
  /** Workers that share the work, this one among them; told in the plan. */
  workers?: number;
  /** False: one text a run on WebGPU too. */
  batched?: false;
  /** What happens to a text over the model's limit; 'reject' by default. */
  overlong?: 'reject' | 'cut';
  assets?: RuntimeAssets;
  signal?: AbortSignal;
  onPlan?: (plan: DevicePlan) => void;
  onState?: (state: ModelState) => void;
  /** Told as each part of the start begins, those of the files, the runtime, the session and the probes. */
  onStage?: (stage: StartStage) => void;
  /** Every run of the engine, those of the probes too. */
  onRun?: RunListener;
}

export interface LoadedModel {
  embedder: LocalEmbedder;
  manifest: ModelManifest;
  plan: DevicePlan;
  /** As measured while the probes were checked. */
  tokensPerSecond: number | null;
}

/**
 * `onPlan` is told what will be tried before it is, and again with the worst cosine of the probes; what fails after that fails
 * several texts at once, and one at a time may do.
 * Rejects with a code of the model's files, `wasm-simd-missing`, `backend-failed` or `probes-disagree`.
 */
export async function loadModel(
  files: ModelFiles,
  capabilities: Capabilities,
  options: LoadOptions,
): Promise<LoadedModel> {
  const { signal, onState, onPlan, onStage } = options;
  onStage?.('files');
  const manifest = parseManifest(await files.readManifest(signalOf(signal)), `${files.place}manifest.json`);
  const verdict = options.verdicts?.[deviceKey(capabilities, manifest)];
  const plan = planDevice(capabilities, manifest, { ...options, ...(verdict === undefined ? {} : { verdict }) });
  onPlan?.(plan);
  const space = spaceOf(manifest, plan, options);

  const network = networkFile(manifest, plan.provider);
  const wanted = neededFiles(manifest, plan.provider);
  const engineOptions = {
    provider: plan.provider,
    build: runtimeBuild(plan, capabilities),
    threads: plan.threads,
    ...(options.assets === undefined ? {} : { assets: options.assets }),
  };
  // The runtime starts while the files arrive.
  const starting = timed(() => startRuntime(engineOptions));
  starting.catch(() => undefined);
  const { result: read, ms: fetch } = await timed(() =>
    readAll(files, wanted, {
      ...signalOf(signal),
      onProgress: (loadedBytes, totalBytes) =>
        onState?.({ state: 'downloading', model: manifest.id, loadedBytes, totalBytes }),
    }),
  );
  const json = (file: ModelFile): unknown => parseJson(read.get(file), file);

  onState?.({ state: 'starting', model: manifest.id });
  const tokenizer = createTokenizer(
    objectOf(json(manifest.files.tokenizer), manifest.files.tokenizer),
    objectOf(json(manifest.files.tokenizerConfig), manifest.files.tokenizerConfig),
    { maxTokens: manifest.maxTokens, prefix: manifest.prefix, overlong: options.overlong ?? 'reject' },
  );
  const probes = parseProbes(json(manifest.files.probes), manifest.dimension, manifest.files.probes.path);
  onStage?.('runtime');
  const { ms: instantiate } = await starting;
  onStage?.('session');
  const bytes = read.get(network)?.bytes ?? new Uint8Array();
  const { result: engine, ms: create } = await timed(() => createEngine(bytes, manifest, engineOptions));
  const parts = {
    batches: plan.batched ? new BatchBudget() : null,
    tokenizer,
    engine,
    engineDimension: manifest.dimension,
    onRun: options.onRun,
  };
  const embedder = createEmbedder({ ...parts, space });
  onStage?.('probes');
  try {
    const whole = createEmbedder({ ...parts, space: { ...space, dimension: manifest.dimension } });
    const tokens = probes.map((probe) => probe.tokens.length);
    let tokensPerSecond: number | null = null;
    let [firstRun, warmMedian] = [0, 0];
    const embed = async (texts: readonly string[]): Promise<Float32Array> => {
      const measured = await embedTimed(whole, texts, tokens, signalOf(signal));
      ({ tokensPerSecond, firstRun, warmMedian } = measured);
      return measured.rows;
    };
    const probed = await runProbes(probes, { ids: tokenizer.ids, embed }, network.probeTolerance);
    const proved = { ...plan, probeWorstCosine: probed.worstCosine };
    onPlan?.(proved);
    if (parts.batches !== null) {
      const ids = probes.map((probe) => probe.tokens);
      parts.batches.limitTo(await proveBatches(ids, (rows) => runRows(parts, rows), parts.batches));
    }
    const reads = [...read.values()];
    const verify = reads.reduce((sum, { verifyMs }) => sum + verifyMs, 0);
    onState?.({
      state: 'ready',
      model: manifest.id,
      dimension: space.dimension,
      width: manifest.dimension,
      bytes: wanted.reduce((sum, file) => sum + file.bytes, 0),
      fromCache: reads.every(({ fromCache }) => fromCache),
      notKept: reads.find(({ notKept }) => notKept !== null)?.notKept ?? null,
      start: { fetch, verify, instantiate, create, firstRun, warmMedian } satisfies StartTimes,
    });
    return { embedder, manifest, plan: proved, tokensPerSecond };
  } catch (error) {
    await embedder.dispose();
    throw error;
  }
}

function spaceOf(manifest: ModelManifest, plan: DevicePlan, options: LoadOptions): EmbeddingSpace {
  const dimension = options.dimension ?? manifest.storedDimension;
  if (!Number.isInteger(dimension) || dimension < 1 || dimension > manifest.dimension) {
    const message = `The model ${manifest.id} gives ${manifest.dimension} numbers; ${dimension} of them can not be kept.`;
    throw new KindredError('manifest-invalid', message, { item: manifest.id });
  }
  return {
    model: `${manifest.id}@${manifest.revision}`,
    modelHash: networkFile(manifest, plan.provider).sha256,
    tokenizerHash: manifest.files.tokenizer.sha256,
    pooling: manifest.pooling,
    prefix: manifest.prefix,
    normalised: true,
    dimension,
    passageRule: options.passageRule,
    numeric: plan.format,
  };
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; ms: number }> {
  const started = performance.now();
  const result = await work();
  return { result, ms: performance.now() - started };
}

function parseJson(file: ReadFile | undefined, { path }: ModelFile): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(file?.bytes)) as unknown;
  } catch (cause) {
    throw new KindredError('model-damaged', `The model file ${path} is not JSON. Export the model again.`, {
      item: path,
      cause,
    });
  }
}

function objectOf(value: unknown, { path }: ModelFile): object {
  if (typeof value === 'object' && value !== null) return value;
  throw new KindredError('model-damaged', `The model file ${path} holds no object. Export the model again.`, {
    item: path,
  });
}

function signalOf(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
