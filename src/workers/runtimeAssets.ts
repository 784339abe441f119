// Where the build put the runtime's own files: addresses only, of which a worker fetches the one build that it needs.
import wasmMjs from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasmWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import asyncifyMjs from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import asyncifyWasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import jspiMjs from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url';
import jspiWasm from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
import type { RuntimeAssets } from '../core/model/engine.ts';

/** `base` is the worker's own address: the runtime would read a bare path as relative to itself. */
export function runtimeAssets(base: string): RuntimeAssets {
  const absolute = (address: string): string => new URL(address, base).href;
  return {
    wasm: { mjs: absolute(wasmMjs), wasm: absolute(wasmWasm) },
    jspi: { mjs: absolute(jspiMjs), wasm: absolute(jspiWasm) },
    asyncify: { mjs: absolute(asyncifyMjs), wasm: absolute(asyncifyWasm) },
  };
}
