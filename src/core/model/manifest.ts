// The manifest of a model folder: what it holds, how long each file is and what it hashes to. Parsed once, trusted afterwards.
import type { CosineScale } from '../embedding.ts';
import { KindredError } from '../errors.ts';
import type { NumericFormat } from '../status.ts';

export interface ModelFile {
  /** Relative to the model's folder. */
  path: string;
  bytes: number;
  /** Hex, lower case. */
  sha256: string;
}

export interface NetworkFile extends ModelFile {
  format: NumericFormat;
  /** Least cosine that every probe must reach on a device before its vectors are trusted. */
  probeTolerance: number;
}

export interface ModelManifest {
  id: string;
  name: string;
  revision: string;
  licence: string;
  source: string;
  dimension: number;
  /** Lengths that a vector may be cut to and still be a good one, longest first; the whole alone where the manifest names none. */
  dimensions: readonly number[];
  /** How many numbers are kept when nobody asks for another length; one of `dimensions`. */
  storedDimension: number;
  pooling: Pooling;
  normalise: true;
  cosines: CosineScale;
  /** Including the special tokens. */
  maxTokens: number;
  /** Put before every text. */
  prefix: string;
  /** Names of the network's inputs, a subset of the three that BERT knows. */
  input: readonly NetworkInput[];
  output: string;
  files: {
    tokenizer: ModelFile;
    tokenizerConfig: ModelFile;
    probes: ModelFile;
    wasm: NetworkFile;
    /** Absent where the model has no file for the GPU. */
    webgpu: NetworkFile | null;
  };
}

const NETWORK_INPUTS = ['input_ids', 'attention_mask', 'token_type_ids'] as const;
export type NetworkInput = (typeof NETWORK_INPUTS)[number];

const POOLINGS = ['mean', 'cls'] as const;
export type Pooling = (typeof POOLINGS)[number];

const FORMATS: readonly NumericFormat[] = ['int8', 'fp32', 'fp16', 'nbits'];

/** Checks what was read from manifest.json; `item` names it in the error (`manifest-invalid`). */
export function parseManifest(text: string, item: string): ModelManifest {
  const root = new Reader(parseJson(text, item), item, '');
  root.equal('normalise', true);
  const files = root.object('files');
  return {
    id: root.string('id'),
    name: root.string('name'),
    revision: root.string('revision'),
    licence: root.string('licence'),
    source: root.string('source'),
    ...lengths(root),
    pooling: root.oneOf('pooling', POOLINGS),
    normalise: true,
    cosines: cosineScale(root.object('cosines')),
    maxTokens: root.positiveInteger('maxTokens'),
    prefix: root.string('prefix', { mayBeEmpty: true }),
    input: root.list('input', NETWORK_INPUTS),
    output: root.string('output'),
    files: {
      tokenizer: modelFile(files.object('tokenizer')),
      tokenizerConfig: modelFile(files.object('tokenizerConfig')),
      probes: modelFile(files.object('probes')),
      wasm: networkFile(files.object('wasm')),
      webgpu: files.has('webgpu') ? networkFile(files.object('webgpu')) : null,
    },
  };
}

function lengths(root: Reader): Pick<ModelManifest, 'dimension' | 'dimensions' | 'storedDimension'> {
  const dimension = root.positiveInteger('dimension');
  const dimensions = root.has('dimensions') ? root.positiveIntegers('dimensions') : [dimension];
  if (dimensions[0] !== dimension || dimensions.some((length, at) => at > 0 && length >= (dimensions[at - 1] ?? 0))) {
    root.fail('dimensions', `a falling list that starts with ${dimension}`);
  }
  const storedDimension = root.has('storedDimension') ? root.positiveInteger('storedDimension') : dimension;
  if (!dimensions.includes(storedDimension)) root.fail('storedDimension', `one of ${dimensions.join(', ')}`);
  return { dimension, dimensions, storedDimension };
}

function cosineScale(scale: Reader): CosineScale {
  const [unrelated, usual, same] = [scale.number('unrelated'), scale.number('usual'), scale.number('same')];
  if (!(-1 <= unrelated && unrelated < same && same <= 1)) scale.fail('same', 'a cosine above that of unrelated texts');
  return { unrelated, usual, same };
}

function modelFile(file: Reader): ModelFile {
  const path = file.string('path');
  if (path.startsWith('/') || path.includes('..') || path.includes(':')) {
    file.fail('path', 'a path inside the folder of the model');
  }
  const sha256 = file.string('sha256').toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(sha256)) file.fail('sha256', '64 hexadecimal digits');
  return { path, bytes: file.positiveInteger('bytes'), sha256 };
}

function networkFile(file: Reader): NetworkFile {
  const probeTolerance = file.number('probeTolerance');
  if (probeTolerance <= 0 || probeTolerance > 1) file.fail('probeTolerance', 'a cosine above 0 and up to 1');
  return { ...modelFile(file), format: file.oneOf('format', FORMATS), probeTolerance };
}

function parseJson(text: string, item: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new KindredError('manifest-invalid', `${item} is not JSON. Export the model again.`, { item, cause });
  }
}

/** One JSON object whose members are read by type; every failure names the member. */
class Reader {
  private readonly members: Record<string, unknown>;
  private readonly item: string;
  private readonly path: string;

  constructor(value: unknown, item: string, path: string) {
    this.item = item;
    this.path = path;
    this.members = {};
    if (typeof value !== 'object' || value === null || Array.isArray(value)) this.fail('', 'an object');
    this.members = value as Record<string, unknown>;
  }

  fail(key: string, expected: string): never {
    const where = [this.path, key].filter((part) => part !== '').join('.');
    const subject = where === '' ? this.item : `"${where}" in ${this.item}`;
    const message = `${subject} must be ${expected}. Export the model again, or correct the manifest.`;
    throw new KindredError('manifest-invalid', message, { item: this.item });
  }

  has(key: string): boolean {
    return this.members[key] !== undefined && this.members[key] !== null;
  }

  object(key: string): Reader {
    return new Reader(this.members[key], this.item, this.path === '' ? key : `${this.path}.${key}`);
  }

  string(key: string, { mayBeEmpty = false } = {}): string {
    const value = this.members[key];
    if (typeof value !== 'string' || (value === '' && !mayBeEmpty)) this.fail(key, 'a text');
    return value;
  }

  number(key: string): number {
    const value = this.members[key];
    if (typeof value !== 'number' || !Number.isFinite(value)) this.fail(key, 'a number');
    return value;
  }

  positiveInteger(key: string): number {
    const value = this.number(key);
    if (!Number.isSafeInteger(value) || value < 1) this.fail(key, 'a whole number above 0');
    return value;
  }

  positiveIntegers(key: string): number[] {
    const value: unknown = this.members[key];
    if (!Array.isArray(value) || value.length === 0) this.fail(key, 'a list of whole numbers');
    return value.map((entry: unknown) => {
      if (typeof entry !== 'number' || !Number.isSafeInteger(entry) || entry < 1)
        this.fail(key, 'a list of whole numbers');
      return entry;
    });
  }

  equal<const T extends string | boolean>(key: string, wanted: T): T {
    if (this.members[key] !== wanted) this.fail(key, JSON.stringify(wanted));
    return wanted;
  }

  oneOf<T extends string>(key: string, allowed: readonly T[]): T {
    const value = allowed.find((candidate) => candidate === this.members[key]);
    if (value === undefined) this.fail(key, `one of ${allowed.join(', ')}`);
    return value;
  }

  list<T extends string>(key: string, allowed: readonly T[]): T[] {
    const value: unknown = this.members[key];
    if (!Array.isArray(value) || value.length === 0) this.fail(key, `a list of ${allowed.join(', ')}`);
    return value.map((entry: unknown) => {
      const known = allowed.find((candidate) => candidate === entry);
      if (known === undefined) this.fail(key, `a list of ${allowed.join(', ')}`);
      return known;
    });
  }
}
