// The embedder's thread: serves EmbedderService with the addresses of the runtime's files, of which only the planned build is fetched.
import wasmMjs from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasmWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import asyncifyMjs from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import asyncifyWasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import jspiMjs from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url';
import jspiWasm from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
import { EmbedderService } from './embedderService.ts';
import { serve } from './rpc/index.ts';

declare const self: DedicatedWorkerGlobalScope;

/** The runtime reads a bare path as relative to itself. */
const absolute = (address: string): string => new URL(address, self.location.href).href;

const service = new EmbedderService({
  wasm: { mjs: absolute(wasmMjs), wasm: absolute(wasmWasm) },
  jspi: { mjs: absolute(jspiMjs), wasm: absolute(jspiWasm) },
  asyncify: { mjs: absolute(asyncifyMjs), wasm: absolute(asyncifyWasm) },
});
serve(service, self);
