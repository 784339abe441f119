// Runs one ONNX file in onnxruntime-web (WebAssembly, one thread) on token ids, one unpadded text a run.
// node embed.mjs MODEL.onnx TOKENS.json OUT.f32: TOKENS is [[id, ...], ...]; OUT receives raw fp32 rows.
// Prints {"tokensPerSecond"}, the first run left out.
import { readFile, writeFile } from 'node:fs/promises';
import * as ort from 'onnxruntime-web/wasm';

const [modelPath, tokensPath, outPath] = process.argv.slice(2);
ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';
const session = await ort.InferenceSession.create(await readFile(modelPath), { executionProviders: ['wasm'] });
const texts = JSON.parse(await readFile(tokensPath, 'utf8'));

/** @param {number[]} ids */
async function embed(ids) {
  const shape = [1, ids.length];
  const { sentence_embedding: output } = await session.run({
    input_ids: new ort.Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
    attention_mask: new ort.Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape),
    token_type_ids: new ort.Tensor('int64', new BigInt64Array(ids.length), shape),
  });
  return output.data;
}

await embed(texts[0]);
const rows = [];
const start = performance.now();
for (const ids of texts) rows.push(Buffer.from((await embed(ids)).slice().buffer));
const seconds = (performance.now() - start) / 1000;
await writeFile(outPath, Buffer.concat(rows));
const tokens = texts.reduce((sum, ids) => sum + ids.length, 0);
console.log(JSON.stringify({ tokensPerSecond: Math.round(tokens / seconds) }));
