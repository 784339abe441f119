// What a contender makes a browser download, by kind.
import { brotliCompressSync, constants } from 'node:zlib';
import { readFileSync } from 'node:fs';
import type { SentFile } from '../pageServer.ts';

export const KINDS = ['script', 'runtime', 'model', 'tokenizer'] as const;
export type Kind = (typeof KINDS)[number];

export interface Weight {
  raw: number;
  /** As a host sends it: scripts, runtime and JSON compressed with brotli, networks as they are. */
  sent: number;
}

export interface Download {
  name: string;
  /** From the start of its worker until it can embed, with nothing in the browser's caches, on one machine. */
  readyMs: number;
  weights: Record<Kind, Weight>;
  files: string[];
}

/** A file that is sent twice counts once: the browser has it in its cache. */
export function weigh(sent: readonly SentFile[]): Pick<Download, 'weights' | 'files'> {
  const weights = Object.fromEntries(KINDS.map((kind) => [kind, { raw: 0, sent: 0 }])) as Record<Kind, Weight>;
  const files = [...new Map(sent.map((file) => [file.path, file])).values()];
  for (const { path, file, bytes } of files) {
    const kind = kindOf(path);
    const weight = weights[kind];
    weight.raw += bytes;
    weight.sent += kind === 'model' ? bytes : compressed(file);
  }
  return { weights, files: files.map(({ path }) => path) };
}

/** The runtime's glue belongs to it. */
export function kindOf(path: string): Kind {
  if (path.endsWith('.onnx')) return 'model';
  if (path.endsWith('.wasm') || /ort-wasm[^/]*\.m?js$/.test(path)) return 'runtime';
  return path.endsWith('.json') ? 'tokenizer' : 'script';
}

const known = new Map<string, number>();

/** Quality 9, since 11 takes a minute for a runtime and gains little. */
function compressed(file: string): number {
  const found = known.get(file);
  if (found !== undefined) return found;
  const size = brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length;
  known.set(file, size);
  return size;
}
