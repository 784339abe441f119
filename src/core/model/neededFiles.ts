// Which files of a model a device needs, and reading them all.
import type { ExecutionProvider } from '../status.ts';
import type { ModelFile, ModelManifest, NetworkFile } from './manifest.ts';
import type { ModelFiles, ReadFile } from './modelFiles.ts';

export function networkFile({ files }: ModelManifest, provider: ExecutionProvider): NetworkFile {
  return provider === 'webgpu' ? (files.webgpu ?? files.wasm) : files.wasm;
}

/** Everything that the model needs to run there. */
export function neededFiles(manifest: ModelManifest, provider: ExecutionProvider): ModelFile[] {
  const { tokenizer, tokenizerConfig, probes } = manifest.files;
  return [tokenizer, tokenizerConfig, probes, networkFile(manifest, provider)];
}

export interface ReadAllOptions {
  signal?: AbortSignal;
  /** Of all files together. */
  onProgress?: (loadedBytes: number, totalBytes: number) => void;
}

/** Reads files at once; the first that fails ends the others. Rejects as `ModelFiles.read`. */
export async function readAll(
  files: ModelFiles,
  wanted: readonly ModelFile[],
  { signal, onProgress }: ReadAllOptions,
): Promise<Map<ModelFile, ReadFile>> {
  const totalBytes = wanted.reduce((sum, file) => sum + file.bytes, 0);
  const loaded = new Map<ModelFile, number>();
  const report = (): void => onProgress?.(sum(loaded.values()), totalBytes);
  const failure = new AbortController();
  const either = signal === undefined ? failure.signal : AbortSignal.any([signal, failure.signal]);
  report();
  const read = async (file: ModelFile): Promise<[ModelFile, ReadFile]> => {
    const onFileProgress = (bytes: number): void => {
      loaded.set(file, bytes);
      report();
    };
    const result = await files.read(file, { signal: either, onProgress: onFileProgress });
    onFileProgress(file.bytes);
    return [file, result];
  };
  const reading = wanted.map(read);
  try {
    return new Map(await Promise.all(reading));
  } catch (error) {
    failure.abort();
    // What arrived is kept before anybody starts anew.
    await Promise.allSettled(reading);
    throw error;
  }
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, one) => total + one, 0);
