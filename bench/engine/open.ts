// Starts a contender in a worker of its own and makes all of them look alike.
import { openBackend, type Backend } from '../../src/app/bench/backend.ts';
import { createEmbedderWorker } from '../../src/app/bench/embedderWorker.ts';
import { connect } from '../../src/workers/rpc/index.ts';
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
      return openOurs(contender, files);
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
