// The library's models: their list and manifests from the site, each run in an embedder worker of its own.
import { KindredError, isKindredError, toKindredError } from '../core/errors.ts';
import type { ModelListener, ModelPort, ModelSupply } from '../core/library/modelPort.ts';
import type { OpenOptions } from '../core/libraryApi.ts';
import { forgetRefusal, type DeviceMemory } from '../core/model/deviceVerdicts.ts';
import { parseManifest } from '../core/model/manifest.ts';
import type { ModelManifest } from '../core/model/manifest.ts';
import type { ModelFiles } from '../core/model/modelFiles.ts';
import { MODEL_LIST_FILE, parseModelList } from '../core/model/modelList.ts';
import { neededFiles } from '../core/model/neededFiles.ts';
import { areKept, forgetModel, forgetOthers, keptBytes, readText, webModelFiles } from '../core/model/webModelFiles.ts';
import type { ModelState } from '../core/status.ts';
import { passageRule } from '../core/text/passage.ts';
import { Contest } from './contest.ts';
import { RACE_BUDGET_MS } from './raceTrack.ts';
import type { Endpoint } from './rpc/index.ts';
import { savesData } from './savesData.ts';
import { startEmbedder } from './startEmbedder.ts';
import type { RunningEmbedder } from './startEmbedder.ts';
import { stillToFetch } from './stillToFetch.ts';

export interface WorkerModelsOptions {
  /** A new `embedder.worker.ts` each time it is called. */
  createWorker: () => Endpoint;
  /** Absolute address of the folder of models that ships, ending with a slash. */
  folder: string;
}

export function createWorkerModels(
  { createWorker, folder }: WorkerModelsOptions,
  { modelList, provider }: OpenOptions,
  memory: DeviceMemory,
): ModelSupply {
  const list = modelList ?? new URL(MODEL_LIST_FILE, folder).href;
  const folderOf = (id: string): string => new URL(`${id}/`, list).href;
  // What they say doesn't change while the page is open; whether their files are kept does.
  const manifests = new Map<string, ModelManifest>();

  async function manifestOf(id: string, files: ModelFiles): Promise<ModelManifest> {
    const known = manifests.get(id);
    if (known !== undefined) return known;
    const manifest = parseManifest(await files.readManifest(), `${files.place}manifest.json`);
    manifests.set(id, manifest);
    // An earlier version's files are of no more use.
    void forgetModel(files.place, manifest);
    return manifest;
  }

  return {
    async list() {
      const models = parseModelList(await readText(list), list);
      const ids = models.map(({ id }) => id);
      void forgetOthers(list, ids);
      return models;
    },
    async facts(id, wanted) {
      const files = webModelFiles(folderOf(id));
      const manifest = await manifestOf(id, files);
      const needed = neededFiles(manifest, wanted);
      return {
        name: manifest.name,
        bytes: needed.reduce((sum, file) => sum + file.bytes, 0),
        kept: await areKept(files.place, needed),
        keptBytes: await keptBytes(files.place, manifest),
        dimension: manifest.storedDimension,
      };
    },
    forget: (id) => forgetModel(folderOf(id), null),
    forgetRefusal: (key, what) => memory.note(key, (verdict) => forgetRefusal(verdict, what)),
    port: (id, asked) => createPort({ createWorker, folder: folderOf(id), provider, memory, ...asked }),
  };
}

interface PortOptions {
  createWorker: () => Endpoint;
  /** Of this model, ending with a slash. */
  folder: string;
  provider: OpenOptions['provider'];
  memory: DeviceMemory;
  /** Fetched even where the device saves data. */
  asked?: boolean;
}

function createPort({ createWorker, folder, provider, memory, asked = false }: PortOptions): ModelPort {
  let running: RunningEmbedder | null = null;
  let starting: AbortController | null = null;
  let listener: ModelListener | null = null;
  const raceTime = { leftMs: RACE_BUDGET_MS };
  const shared = { createWorker, folder, passageRule, memory };
  let mayFetch = asked || !savesData();
  /** A second worker finds the model's files in this browser. */
  let kept = false;
  /** What is being fetched. */
  let fetching: { model: string; bytes: number } | null = null;

  async function begin(): Promise<void> {
    if (listener === null) return;
    const to = listener;
    const start = (starting = new AbortController());
    const { signal } = start;
    const onState = (state: ModelState): void => {
      if (signal.aborted) return;
      if (state.state === 'ready') kept = state.notKept === null;
      fetching = state.state === 'downloading' ? { model: state.model, bytes: state.totalBytes } : null;
      to.onState(state);
    };
    try {
      const missing = mayFetch ? null : await stillToFetch(folder, provider);
      if (missing !== null) {
        onState({ state: 'held', ...missing, why: 'saves-data' });
        return;
      }
      const embedder = await startEmbedder({
        ...shared,
        ...(provider === undefined ? {} : { provider }),
        signal,
        onState,
        onPlan: to.onPlan,
      });
      if (signal.aborted) embedder.dispose();
      else await run(embedder, to, start);
    } catch (error) {
      // The state says so already; only a start that was given up is silent.
      if (signal.aborted) return;
      to.onLost(toKindredError(error).message);
      if (isKindredError(error, 'model-network'))
        addEventListener('online', () => void begin(), { once: true, signal });
    }
  }

  async function run(started: RunningEmbedder, to: ModelListener, start: AbortController): Promise<void> {
    // What is asked for by name is not raced, and where data are saved no second network is fetched for a race.
    const embedder = provider === undefined && !savesData() ? contested(started, to) : started;
    running = embedder;
    const { maxTokens, cosines, tokensPerSecond } = embedder;
    to.onReady({ embedder, maxTokens, cosines, tokensPerSecond });
    const error = await embedder.closed;
    if (running !== embedder) return;
    running = null;
    to.onLost(error.message);
    if (start.signal.aborted) return;
    const next = embedder instanceof Contest ? embedder.replacement : null;
    if (next !== null) await run(next, to, start);
    else if (embedder.replaceable) await begin();
  }

  const contested = (embedder: RunningEmbedder, to: ModelListener): Contest =>
    new Contest(
      embedder,
      {
        memory,
        reading: to.reading,
        onPlan: to.onPlan,
        onState: to.onState,
        mayDouble: () => kept,
        challenge: ({ provider: other, threads, workers }, heard) =>
          startEmbedder({
            ...shared,
            ...heard,
            provider: other,
            ...(other === 'wasm' ? { threads } : {}),
            ...(workers === undefined ? {} : { workers }),
          }),
      },
      raceTime,
    );

  function stop(): void {
    starting?.abort(new KindredError('disposed', 'The model is being started anew.'));
    const embedder = running;
    running = null;
    fetching = null;
    embedder?.dispose();
  }

  return {
    start(given) {
      listener = given;
      void begin();
    },
    retry() {
      mayFetch = true;
      if (running !== null) listener?.onLost('The model is being started anew.');
      stop();
      void begin();
    },
    hold() {
      if (fetching === null) return;
      const held = fetching;
      stop();
      mayFetch = false;
      listener?.onState({ state: 'held', ...held, why: 'stopped' });
    },
    close() {
      stop();
      listener = null;
      return Promise.resolve();
    },
  };
}
