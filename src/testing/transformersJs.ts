// The two transformers.js libraries in a browser, reading our model's folder in the layout that they expect.

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

/** Texts to vectors, as the libraries' own documentation shows it. */
export type FeatureExtraction = (
  texts: readonly string[],
  options: { pooling: 'mean'; normalize: true },
) => Promise<{ data: Float32Array; dims: number[] }>;

/** The part that both versions have in common. */
interface TransformersModule {
  env: {
    allowRemoteModels: boolean;
    allowLocalModels: boolean;
    localModelPath: string;
    useBrowserCache: boolean;
    fetch?: typeof fetch;
    backends: { onnx: { wasm: { wasmPaths: string; numThreads?: number; proxy?: boolean } } };
  };
  AutoTokenizer: { from_pretrained(id: string): Promise<(text: string) => { input_ids: Tensor }> };
  AutoModel: {
    from_pretrained(id: string, options: object): Promise<(inputs: object) => Promise<Record<string, Tensor>>>;
  };
  pipeline(task: 'feature-extraction', id: string): Promise<FeatureExtraction>;
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

export interface OpenedLibrary extends TransformersModule {
  /** What the folder's model is called in the library's own calls. */
  id: string;
  /** Serves the library's layout out of our folder; versions before 3 only ask the global one. */
  fetch: typeof fetch;
}

/**
 * Imports a library and points it to a folder of ours. `network` gives the ONNX file that it reads, the folder's own for
 * WASM by default; `threads` null leaves their number to the library.
 */
export async function openLibrary(
  name: LibraryName,
  folder: string,
  { network, threads }: { network?: () => Promise<Uint8Array<ArrayBuffer>>; threads: number | null },
): Promise<OpenedLibrary> {
  const { script, runtime, irVersion } = LIBRARIES[name];
  const url = new URL(folder, location.origin);
  const id = url.pathname.split('/').at(-2) ?? '';
  const library = (await import(/* @vite-ignore */ script)) as TransformersModule;
  const realFetch = globalThis.fetch.bind(globalThis);
  const own = async () => new Uint8Array(await (await realFetch(`${url.pathname}model.int8.onnx`)).arrayBuffer());
  const ourFetch = layoutFetch(url.pathname, network ?? own, irVersion);
  const { env } = library;
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useBrowserCache = false;
  env.localModelPath = url.pathname.slice(0, -id.length - 1);
  if ('fetch' in env) env.fetch = ourFetch;
  env.backends.onnx.wasm.wasmPaths = new URL(runtime, location.origin).href;
  if (threads !== null) env.backends.onnx.wasm.numThreads = threads;
  return { ...library, id, fetch: ourFetch };
}

/** The pooled output of our export, which neither library knows, is read as the network gives it. */
export async function loadLibrary(name: LibraryName, folder: string): Promise<OtherLibrary> {
  const { options } = LIBRARIES[name];
  const { id, fetch: ourFetch, AutoTokenizer, AutoModel } = await openLibrary(name, folder, { threads: 1 });
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
function layoutFetch(
  folder: string,
  readNetwork: () => Promise<Uint8Array<ArrayBuffer>>,
  irVersion: number | null,
): typeof fetch {
  const realFetch = globalThis.fetch.bind(globalThis);
  return async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    const { pathname } = new URL(address, location.origin);
    if (pathname === `${folder}config.json`) return Response.json({ model_type: 'bert', architectures: ['BertModel'] });
    if (pathname !== `${folder}onnx/model_quantized.onnx`) return realFetch(input, init);
    const network = await readNetwork();
    // The first field of the file, one byte long.
    if (irVersion !== null && network[0] === 0x08) network[1] = Math.min(irVersion, network[1] ?? 0);
    return new Response(network, { headers: { 'content-length': String(network.length) } });
  };
}
