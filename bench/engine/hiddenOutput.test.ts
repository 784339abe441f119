import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-web/wasm';
import { expect, test } from 'vitest';
import { withHiddenOutput } from './hiddenOutput.ts';

const network = new Uint8Array(readFileSync(new URL('../../src/testing/models/tiny/model.int8.onnx', import.meta.url)));

test('the runtime gives the rows of the tokens beside the vector that is made of them', async () => {
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = 'error';
  const session = await ort.InferenceSession.create(withHiddenOutput(network));
  expect(session.outputNames).toEqual(['sentence_embedding', 'last_hidden_state']);
  const tensor = (values: number[]) => new ort.Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
  const output = await session.run({
    input_ids: tensor([1, 5, 7, 2]),
    attention_mask: tensor([1, 1, 1, 1]),
    token_type_ids: tensor([0, 0, 0, 0]),
  });
  const hidden = output['last_hidden_state'];
  const vector = output['sentence_embedding']?.data as Float32Array;
  const [, tokens = 0, width = 0] = hidden?.dims ?? [];
  expect([tokens, width]).toEqual([4, vector.length]);
  const rows = hidden?.data as Float32Array;
  const mean = Array.from(vector, (_, at) => [0, 1, 2, 3].reduce((sum, row) => sum + rows[row * width + at]!, 0) / 4);
  const norm = Math.hypot(...mean);
  mean.forEach((value, at) => expect(value / norm).toBeCloseTo(vector[at]!, 4));
});

test('what is no network of ours is refused by name', () => {
  expect(() => withHiddenOutput(Uint8Array.of(0x3a, 0))).toThrow('layer.N.output');
  expect(() => withHiddenOutput(Uint8Array.of(8, 8))).toThrow('no graph');
});
