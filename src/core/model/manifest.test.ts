// What a manifest must hold, member by member.
import { readFile, readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { COSINES } from '../../testing/cosines.ts';
import { parseManifest } from './manifest.ts';

const sha256 = 'a'.repeat(64);
const file = { path: 'tokenizer.json', bytes: 10, sha256 };
const valid = {
  id: 'tiny',
  name: 'Tiny',
  revision: '1',
  licence: 'Apache-2.0',
  source: 'here',
  dimension: 64,
  dimensions: [64, 32],
  storedDimension: 32,
  pooling: 'mean',
  normalise: true,
  cosines: COSINES,
  maxTokens: 64,
  prefix: '',
  input: ['input_ids', 'attention_mask'],
  output: 'sentence_embedding',
  files: {
    tokenizer: file,
    tokenizerConfig: file,
    probes: file,
    wasm: { ...file, format: 'int8', probeTolerance: 0.97 },
    webgpu: { ...file, format: 'nbits', probeTolerance: 0.99 },
  },
};

const parse = (value: unknown) => parseManifest(JSON.stringify(value), 'models/tiny/manifest.json');

/** A copy of `valid` with one member replaced, by its dotted path. */
function changed(path: string, value: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(valid)) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const holder = keys.reduce((at, key) => at[key] as Record<string, unknown>, copy);
  holder[last] = value;
  return copy;
}

describe('a manifest', () => {
  test('is read as it is, members that nobody asked for left out', () => {
    expect(parse({ ...valid, card: 'README.md' })).toEqual(valid);
  });

  test('may do without a file for WebGPU', () => {
    expect(parse(changed('files.webgpu', undefined)).files.webgpu).toBeNull();
  });

  test('that names no lengths keeps the whole vector', () => {
    const { dimensions, storedDimension, ...rest } = valid;
    expect(parse(rest)).toMatchObject({ dimension: 64, dimensions: [64], storedDimension: 64 });
    expect([dimensions, storedDimension]).toEqual([[64, 32], 32]);
  });

  test('may pool by the first token', () => {
    expect(parse(changed('pooling', 'cls')).pooling).toBe('cls');
  });

  test.each([
    ['id', ''],
    ['id', 7],
    ['dimension', 0],
    ['dimension', 1.5],
    ['dimension', '384'],
    ['dimensions', []],
    ['dimensions', [64, '32']],
    ['dimensions', [64, 64]],
    ['dimensions', [32]],
    ['storedDimension', 48],
    ['storedDimension', '32'],
    ['pooling', 'max'],
    ['normalise', false],
    ['cosines', null],
    ['cosines.usual', '0.6'],
    ['cosines.same', 0.3],
    ['cosines.same', 1.1],
    ['maxTokens', -1],
    ['prefix', null],
    ['input', []],
    ['input', ['pixel_values']],
    ['output', undefined],
    ['files', []],
    ['files.tokenizer', null],
    ['files.probes.bytes', null],
    ['files.wasm.sha256', 'abc'],
    ['files.wasm.format', 'int4'],
    ['files.wasm.probeTolerance', 1.2],
    ['files.webgpu.path', '../../secret'],
    ['files.webgpu.path', 'https://elsewhere.example/model.onnx'],
  ])('with %s = %j is refused by the name of the member', (path, value) => {
    expect(() => parse(changed(path, value))).toThrow(
      expect.objectContaining({ code: 'manifest-invalid', item: 'models/tiny/manifest.json' }) as Error,
    );
    expect(() => parse(changed(path, value))).toThrow(`"${path}"`);
  });

  test.each(['', '{', '[]', 'null', '"text"'])('that is %j is refused', (text) => {
    expect(() => parseManifest(text, 'm.json')).toThrow(
      expect.objectContaining({
        code: 'manifest-invalid',
        message: expect.stringContaining('m.json') as string,
      }) as Error,
    );
  });
});

test('every model that ships has a manifest that can be read', async () => {
  for (const entry of await readdir('public/models', { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const path = `public/models/${entry.name}/manifest.json`;
    expect(parseManifest(await readFile(path, 'utf8'), path).id).toBe(entry.name);
  }
});
