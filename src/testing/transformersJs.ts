// The two transformers.js libraries in a browser test, reading our model's folder in the layout that they expect.

export interface OtherLibrary {
  name: string;
  /** Ids of one text, special tokens included. */
  ids(text: string): Promise<number[]>;
  /** The network's own pooled vector of one text. */
  vector(text: string): Promise<Float32Array>;
}

interface Tensor {
  data: BigInt64Array | Float32Array;
}

/** The part that both versions have in common. */
interface TransformersModule {
  env: {
    allowRemoteModels: boolean;
    allowLocalModels: boolean;
    localModelPath: string;
    useBrowserCache: boolean;
    fetch?: typeof fetch;
    backends: { onnx: { wasm: { wasmPaths: string; numThreads: number; proxy?: boolean } } };
  };
  AutoTokenizer: { from_pretrained(id: string): Promise<(text: string) => { input_ids: Tensor }> };
  AutoModel: {
    from_pretrained(id: string, options: object): Promise<(inputs: object) => Promise<Record<string, Tensor>>>;
  };
}

const LIBRARIES = {
  '@huggingface/transformers': {
    script: '/node_modules/@huggingface/transformers/dist/transformers.min.js',
    runtime: '/node_modules/@huggingface/transformers/node_modules/onnxruntime-web/dist/',
    options: { dtype: 'q8', device: 'wasm' },
    irVersion: null,
  },
  '@xenova/transformers': {
    script: '/node_modules/@xenova/transformers/dist/transformers.min.js',
    runtime: '/node_modules/@xenova/transformers/dist/',
    options: { quantized: true },
    // Its runtime of 2023 reads files up to this version of the format; the operators are older still.
    irVersion: 8,
  },
} as const;

export type LibraryName = keyof typeof LIBRARIES;

/** The pooled output of our export, which neither library knows, is read as the network gives it. */
export async function loadLibrary(name: LibraryName, folder: string): Promise<OtherLibrary> {
  const { script, runtime, options, irVersion } = LIBRARIES[name];
  const url = new URL(folder, location.origin);
  const id = url.pathname.split('/').at(-2) ?? '';
  const { env, AutoTokenizer, AutoModel } = (await import(/* @vite-ignore */ script)) as TransformersModule;
  const ourFetch = layoutFetch(url.pathname, irVersion);
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useBrowserCache = false;
  env.localModelPath = url.pathname.slice(0, -id.length - 1);
  if ('fetch' in env) env.fetch = ourFetch;
  env.backends.onnx.wasm.wasmPaths = new URL(runtime, location.origin).href;
  env.backends.onnx.wasm.numThreads = 1;
  const realFetch = globalThis.fetch;
  globalThis.fetch = ourFetch;
  try {
    const tokenizer = await AutoTokenizer.from_pretrained(id);
    const model = lazily(() => withFetch(ourFetch, () => AutoModel.from_pretrained(id, options)));
    return {
      name,
      ids: (text) => Promise.resolve(Array.from(tokenizer(text).input_ids.data, Number)),
      async vector(text) {
        const output = (await (await model())(tokenizer(text)))['sentence_embedding'];
        if (!(output?.data instanceof Float32Array)) throw new Error(`${name} gave no sentence_embedding`);
        return output.data.slice();
      },
    };
  } finally {
    globalThis.fetch = realFetch;
  }
}

async function withFetch<T>(fetchUsed: typeof fetch, work: () => Promise<T>): Promise<T> {
  const realFetch = globalThis.fetch;
  globalThis.fetch = fetchUsed;
  try {
    return await work();
  } finally {
    globalThis.fetch = realFetch;
  }
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= make());
}

/** Serves config.json and onnx/model_quantized.onnx of their layout out of our folder. */
function layoutFetch(folder: string, irVersion: number | null): typeof fetch {
  const realFetch = globalThis.fetch.bind(globalThis);
  return async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    const { pathname } = new URL(address, location.origin);
    if (pathname === `${folder}config.json`) return Response.json({ model_type: 'bert', architectures: ['BertModel'] });
    if (pathname !== `${folder}onnx/model_quantized.onnx`) return realFetch(input, init);
    const network = new Uint8Array(await (await realFetch(`${folder}model.int8.onnx`)).arrayBuffer());
    // The first field of the file, one byte long.
    if (irVersion !== null && network[0] === 0x08) network[1] = irVersion;
    return new Response(network, { headers: { 'content-length': String(network.length) } });
  };
}
