// One embedder's worker, from its start to its end: the model in it, the watch over it, and why it ended.
import { KindredError, toKindredError } from '../core/errors.ts';
import type { DeviceVerdicts } from '../core/model/deviceVerdicts.ts';
import { threadClock } from '../core/model/awakeClock.ts';
import { StartWatch, type Halt, type StartStage } from '../core/model/startWatch.ts';
import { Watchdog, type Hang } from '../core/model/watchdog.ts';
import type { DevicePlan, ExecutionProvider, ModelState } from '../core/status.ts';
import { abortable } from './abortable.ts';
import type { EmbedderService, ServedModel, WorkerNews } from './embedderService.ts';
import { lifelineEnded, lifelineName } from './lifeline.ts';
import { connect } from './rpc/index.ts';
import type { Connection, Endpoint, Remote } from './rpc/index.ts';

export interface SessionOptions {
  /** A new `embedder.worker.ts` each time it is called. */
  createWorker: () => Endpoint;
  /** Absolute address of the model's folder, ending with a slash. */
  folder: string;
  /** Rule that cuts posts into passages, by name and version. */
  passageRule: string;
  /** Keeps the first numbers of each vector; as many as the manifest says by default. */
  dimension?: number;
  /** Uses this provider or fails. */
  provider?: ExecutionProvider;
  /** On WASM, in place of the number that the plan would choose. */
  threads?: number;
  /** Workers of so many threads that share the work, this one among them. */
  workers?: number;
  verdicts?: DeviceVerdicts;
  signal?: AbortSignal;
  /** Awake milliseconds that parts of the start may take without a sign; `QUIET_LIMITS_MS` by default. */
  startLimitsMs?: Partial<Record<StartStage, number>>;
  onPlan?: (plan: DevicePlan) => void;
  onState?: (state: ModelState) => void;
}

export interface Session {
  readonly model: ServedModel;
  /** Resolves at its end, with the error that its calls reject with. */
  readonly closed: Promise<KindredError>;
  /** Bytes of the runtime's memory after the last run. */
  memoryBytes(): number;
  /** Calls that wait for an answer. */
  pending(): number;
  embed: Remote<EmbedderService>['embed'];
  countTokens: Remote<EmbedderService>['countTokens'];
  close(error: KindredError): void;
}

/** The plan that a start had made when it failed; null when it came to none. */
export class StartFailure extends Error {
  readonly plan: DevicePlan | null;
  override readonly cause: unknown;

  constructor(plan: DevicePlan | null, cause: unknown) {
    super('The model did not start.');
    this.plan = plan;
    this.cause = cause;
  }
}

/** Rejects with a `StartFailure` around what `loadModel` rejects with, or around `worker-crashed`; its worker is gone then. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { folder, passageRule, dimension, provider, threads, workers, verdicts, signal, startLimitsMs = {} } = options;
  const connection = connect<EmbedderService>(options.createWorker(), 'The embedder');
  const start = new StartWatch({
    ...threadClock,
    limitsMs: startLimitsMs,
    onHalt: (halt) => connection.close(new KindredError('worker-crashed', haltMessage(halt))),
  });
  const watch = watchOver(connection, start);
  let plan: DevicePlan | null = null;
  try {
    const model = await loadOrLose(connection, {
      folder,
      passageRule,
      ...(dimension === undefined ? {} : { dimension }),
      ...(provider === undefined ? {} : { provider }),
      ...(threads === undefined ? {} : { threads }),
      ...(workers === undefined ? {} : { workers }),
      ...(verdicts === undefined ? {} : { verdicts }),
      ...(signal === undefined ? {} : { signal }),
      onState: (state) => {
        if (state.state === 'downloading') start.progress('files');
        options.onState?.(state);
      },
      onPlan: (made) => {
        plan = made;
        options.onPlan?.(made);
      },
    });
    return {
      model,
      closed: connection.closed,
      memoryBytes: () => watch.memoryBytes ?? model.memoryBytes,
      pending: () => watch.pending,
      embed: (texts, given) => watch.during({ kind: 'embed' }, () => connection.remote.embed(texts, given)),
      countTokens: (texts, lane) => {
        const characters = texts.reduce((sum, text) => sum + text.length, 0);
        return watch.during({ kind: 'count', characters }, () => connection.remote.countTokens(texts, lane));
      },
      close: (error) => connection.close(error),
    };
  } catch (error) {
    connection.close(toKindredError(error, 'worker-crashed'));
    throw new StartFailure(plan, error);
  } finally {
    start.close();
  }
}

/** A graphics card may be lost while the probes run, which then never end. */
async function loadOrLose(
  { remote, closed }: Connection<EmbedderService>,
  options: Parameters<EmbedderService['load']>[0],
): Promise<ServedModel> {
  const lost = new AbortController();
  void closed.then((error) => lost.abort(error));
  const loading = remote.load(options);
  loading.catch(() => undefined);
  return abortable(loading, lost.signal);
}

/** Hears what the worker tells, and ends the connection when it hangs or has lost its graphics card. */
function watchOver(connection: Connection<EmbedderService>, start: StartWatch) {
  const watchdog = new Watchdog({
    ...threadClock,
    onHang: (hang) => connection.close(new KindredError('worker-crashed', hangMessage(hang))),
  });
  const lifeline = lifelineName();
  const over = new AbortController();
  void connection.closed.then(() => {
    watchdog.close();
    over.abort();
  });
  const mourn = async (): Promise<void> => {
    if (!(await lifelineEnded(lifeline, over.signal))) return;
    const killed = 'The embedder’s worker was ended by the browser, perhaps for want of memory.';
    connection.close(new KindredError('worker-crashed', killed));
  };
  const watch = {
    memoryBytes: null as number | null,
    pending: 0,
    async during<T>(call: Parameters<Watchdog['call']>[0], work: () => Promise<T>): Promise<T> {
      const answered = watchdog.call(call);
      watch.pending++;
      try {
        return await work();
      } finally {
        watch.pending--;
        answered();
      }
    },
  };
  connection.remote
    .watch(lifeline, (news: WorkerNews) => {
      switch (news.news) {
        case 'alive':
          void mourn();
          return;
        case 'start':
          start.progress(news.stage);
          return;
        case 'run-began':
          watchdog.runBegan(news.tokens);
          return;
        case 'run-ended':
          watchdog.runEnded(news.tokens, news.ms);
          start.progress('probes');
          watch.memoryBytes = news.memoryBytes;
          return;
        case 'device-lost':
          connection.close(new KindredError('worker-crashed', `The graphics card was lost: ${news.reason}`));
      }
    })
    // The connection's end says more.
    .catch(() => undefined);
  return watch;
}

function hangMessage({ tokens, waitedMs, limitMs }: Hang): string {
  const what =
    tokens === null ? 'The embedder did not answer' : `The embedder did not finish a run of ${tokens} tokens`;
  const [waited, limit] = [waitedMs, limitMs].map((ms) => (ms / 1000).toFixed(1));
  return `${what} within ${waited} s; at the speed measured before, ${limit} s is far more than it needs.`;
}

const HALTED: Readonly<Record<StartStage, string>> = {
  worker: 'its script did not load',
  device: 'the browser did not say what this device can do',
  files: 'its files did not come, neither from the network nor from what this browser keeps',
  runtime: 'the WebAssembly runtime did not start',
  session: 'the model was not made ready to run',
  probes: 'the first text was not embedded',
};

function haltMessage({ stage, quietMs }: Halt): string {
  const waited = Math.round(quietMs / 1000);
  return (
    `The model’s start came to a halt: ${HALTED[stage]} within ${waited} s. ` +
    'Try again; if it halts again, close other tabs and programs, or reload the page.'
  );
}
