// Which files of a model a device needs.
import type { ExecutionProvider } from '../status.ts';
import type { ModelFile, ModelManifest, NetworkFile } from './manifest.ts';

export function networkFile({ files }: ModelManifest, provider: ExecutionProvider): NetworkFile {
  return provider === 'webgpu' ? (files.webgpu ?? files.wasm) : files.wasm;
}

/** Everything that the model needs to run there. */
export function neededFiles(manifest: ModelManifest, provider: ExecutionProvider): ModelFile[] {
  const { tokenizer, tokenizerConfig, probes } = manifest.files;
  return [tokenizer, tokenizerConfig, probes, networkFile(manifest, provider)];
}
