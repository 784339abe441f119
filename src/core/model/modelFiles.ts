// Where the files of a model come from, and the check that each is the one its manifest names.
import { KindredError } from '../errors.ts';
import type { ModelState } from '../status.ts';
import type { ModelFile } from './manifest.ts';

export interface ReadOptions {
  signal?: AbortSignal;
  /** Called with the bytes read so far of this file; fewer than before when it had to begin anew. */
  onProgress?: (loadedBytes: number) => void;
}

export interface ReadFile {
  bytes: Uint8Array<ArrayBuffer>;
  fromCache: boolean;
  /** Milliseconds spent hashing it. */
  verifyMs: number;
  /** Why the next visit has to fetch it again; null when it is kept. */
  notKept: NotKept | null;
}

/** `full`: there was no room. `refused`: the browser keeps nothing for this page. */
export type NotKept = NonNullable<Extract<ModelState, { state: 'ready' }>['notKept']>;

/** One model's folder. Files are verified before they are returned, and one that fails is kept nowhere. */
export interface ModelFiles {
  /** Where the folder lies, for messages. */
  readonly place: string;
  /** The text of manifest.json. Rejects with `model-missing` or `model-network`. */
  readManifest(options?: ReadOptions): Promise<string>;
  /** Rejects with `model-missing`, `model-network`, `model-truncated` or `model-damaged`. */
  read(file: ModelFile, options?: ReadOptions): Promise<ReadFile>;
}

/** Throws `model-truncated` or `model-damaged` unless `bytes` is exactly what the manifest names. */
export async function verify(file: ModelFile, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  if (bytes.byteLength < file.bytes) throw truncated(file, bytes.byteLength);
  const found = bytes.byteLength > file.bytes ? null : await sha256(bytes);
  if (found !== file.sha256) throw damaged(file);
}

/** Lower-case hex. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

/** Lower case. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function truncated(file: ModelFile, received: number): KindredError {
  const message =
    `The model file ${file.path} ended after ${received} of ${file.bytes} bytes, and again when asked for the rest. ` +
    'Check the connection and try again; if it stays, the site has to publish the file again.';
  return new KindredError('model-truncated', message, { item: file.path });
}

export function damaged(file: ModelFile): KindredError {
  const message =
    `The model file ${file.path} is not the one its manifest names: its content was altered. ` +
    'Nothing was kept; try again, and if it stays, the site has to publish the file again.';
  return new KindredError('model-damaged', message, { item: file.path });
}
