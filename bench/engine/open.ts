// Starts a contender in a worker of its own and makes all of them look alike.
import { openBackend, PASSAGES_PER_CALL, type Backend } from '../../src/app/bench/backend.ts';
import { createEmbedderWorker } from '../../src/app/bench/embedderWorker.ts';
import { connect } from '../../src/workers/rpc/index.ts';
import { startEmbedder } from '../../src/workers/startEmbedder.ts';
import { createTokenizer, type TextTokenizer } from '../../src/core/model/tokenizer.ts';
import type { Contender, EngineFiles, PeerWorker, SessionChoice, SessionWorker } from './contender.ts';

export interface OpenContender {
  /** Embeds every text in arrival order; how long that took, from the page's side, and one unit vector a text. */
  embed(texts: readonly string[]): Promise<{ ms: number; vectors: Float32Array }>;
  close(): void;
}

export interface OpenSession extends Pick<SessionWorker, 'run'> {
  createMs: number;
  close(): void;
}

export async function openContender(
  contender: Contender,
  files: EngineFiles,
  tokenizer: TextTokenizer,
): Promise<OpenContender> {
  switch (contender.kind) {
    case 'ours':
      return contender.workers === undefined ? openOurs(contender, files) : openReaders(contender.workers, files);
    case 'pipeline':
      return openPipeline(contender, files);
    case 'bare': {
      const session = await openSession(networkOf(contender, files), { threads: contender.threads ?? 1 });
      return {
        embed: (texts) => session.run(texts.map((text) => tokenizer.idsWithin(text))),
        close: () => session.close(),
      };
    }
  }
}

/** The worker that ships, driven as the library drives it. */
export async function openOurs({ threads }: Pick<Contender, 'threads'>, { folder }: EngineFiles): Promise<Backend> {
  return openBackend({
    createWorker: createEmbedderWorker,
    folder,
    provider: 'wasm',
    ...(threads === null ? {} : { threads }),
  });
}

/** The workers that read many posts, with a call for each of them under way, as the library's queue gives them. */
async function openReaders(workers: number, { folder }: EngineFiles): Promise<OpenContender> {
  const embedder = await startEmbedder({
    createWorker: createEmbedderWorker,
    folder,
    passageRule: 'bench',
    provider: 'wasm',
    threads: 1,
    workers,
  });
  const { dimension } = embedder.space;
  return {
    async embed(texts) {
      const started = performance.now();
      const vectors = new Float32Array(texts.length * dimension);
      const calls = Array.from(
        { length: Math.ceil(texts.length / PASSAGES_PER_CALL) },
        (_, n) => n * PASSAGES_PER_CALL,
      );
      const work = async (): Promise<void> => {
        for (let from = calls.shift(); from !== undefined; from = calls.shift())
          vectors.set(
            await embedder.embed(texts.slice(from, from + PASSAGES_PER_CALL), { lane: 'queue' }),
            from * dimension,
          );
      };
      await Promise.all(Array.from({ length: workers }, work));
      return { ms: performance.now() - started, vectors };
    },
    close: () => embedder.dispose(),
  };
}

async function openPipeline(contender: Contender, files: EngineFiles): Promise<OpenContender> {
  const worker = new Worker(new URL('./pipeline.worker.ts', import.meta.url), { type: 'module' });
  const connection = connect<PeerWorker>(worker, contender.name);
  await connection.remote.load(contender, files);
  return {
    async embed(texts) {
      const started = performance.now();
      const vectors = await connection.remote.embed(texts);
      return { ms: performance.now() - started, vectors };
    },
    close: () => connection.close(),
  };
}

export async function openSession(network: string, choice: SessionChoice): Promise<OpenSession> {
  const worker = new Worker(new URL('./session.worker.ts', import.meta.url), { type: 'module' });
  const connection = connect<SessionWorker>(worker, 'The bare session');
  const { createMs } = await connection.remote.load(network, choice);
  return { createMs, run: (rows) => connection.remote.run(rows), close: () => connection.close() };
}

export function networkOf({ network }: Pick<Contender, 'network'>, { networks }: EngineFiles): string {
  const address = networks[network];
  if (address === undefined) throw new Error(`The network ${network} is not there.`);
  return address;
}

/** The shipped tokenizer over the files of the model's folder; longer texts are cut as sentence-transformers does. */
export async function readTokenizer({ folder }: EngineFiles): Promise<TextTokenizer> {
  const json = async (file: string): Promise<unknown> => (await fetch(`${folder}${file}`)).json();
  const [tokenizer, config, manifest] = await Promise.all([
    json('tokenizer.json'),
    json('tokenizer_config.json'),
    json('manifest.json'),
  ]);
  const { maxTokens } = manifest as { maxTokens: number };
  return createTokenizer(tokenizer as object, config as object, { maxTokens, overlong: 'cut' });
}
