// The thread of one transformers.js pipeline: what its documentation shows, with the texts as they come.
import { serve, type Endpoint } from '../../src/workers/rpc/index.ts';
import { openLibrary, type FeatureExtraction } from '../../src/testing/transformersJs.ts';
import type { Contender, EngineFiles, PeerWorker } from './contender.ts';
import { withHiddenOutput } from './hiddenOutput.ts';

declare const self: Endpoint & typeof globalThis;

let extract: FeatureExtraction | null = null;
let batch = 1;

const worker: PeerWorker = {
  async load(contender: Contender, { folder, networks }: EngineFiles) {
    const realFetch = self.fetch.bind(self);
    const network = async (): Promise<Uint8Array<ArrayBuffer>> => {
      const bytes = new Uint8Array(await (await realFetch(networks[contender.network] ?? '')).arrayBuffer());
      return contender.network === 'ours' ? withHiddenOutput(bytes) : bytes;
    };
    const name = contender.library ?? '@huggingface/transformers';
    const library = await openLibrary(name, folder, { network, threads: contender.threads });
    self.fetch = library.fetch;
    extract = await library.pipeline('feature-extraction', library.id);
    batch = contender.batch ?? 1;
  },

  async embed(texts) {
    if (extract === null) throw new Error('No pipeline is loaded.');
    const parts: Float32Array[] = [];
    for (let from = 0; from < texts.length; from += batch) {
      const { data } = await extract(texts.slice(from, from + batch), { pooling: 'mean', normalize: true });
      parts.push(data);
    }
    const vectors = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      vectors.set(part, at);
      at += part.length;
    }
    return vectors;
  },
};

serve(worker, self);
