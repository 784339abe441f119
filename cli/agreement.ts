// `npm run agreement`: how near our vectors are to the fp32 ones of sentence-transformers, on the probes and on real posts.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { LocalEmbedder } from '../src/core/model/embedder.ts';
import { parseManifest } from '../src/core/model/manifest.ts';
import { parseProbes } from '../src/core/model/probes.ts';
import { command, endProgress, showProgress } from './command.ts';
import { ROOT, modelDir } from './modelOptions.ts';
import { createNodeEmbedder } from './nodeEmbedder.ts';
import { nodeModelFiles } from './nodeModelFiles.ts';
import { readNpy } from './npy.ts';
import { swappedNetwork } from './swappedNetwork.ts';
import { readTextLines } from './textLines.ts';

const FP32_WORST = 0.9999;
const QUANTISED_MEAN = 0.97;
/** Texts between two reports of progress. */
const CHUNK = 16;

/** Texts with their golden vectors, row after row. */
interface Golden {
  name: string;
  texts: string[];
  vectors: Float32Array;
}

async function agreement(): Promise<number> {
  const { values } = parseArgs({ options: { model: { type: 'string' }, reference: { type: 'string' } } });
  const folder = modelDir(values.model);
  const files = nodeModelFiles(folder);
  const manifest = parseManifest(await files.readManifest(), join(folder, 'manifest.json'));
  const goldens = [await probes(folder, manifest), await posts(values.reference ?? join(ROOT, 'build/agreement'))];
  const fp32 = join(ROOT, 'build', manifest.id, 'model.fp32.onnx');
  const networks = [
    { format: manifest.files.wasm.format, files: await swappedNetwork(files, null) },
    ...(existsSync(fp32)
      ? [{ format: 'fp32' as const, files: await swappedNetwork(files, { path: fp32, format: 'fp32' }) }]
      : []),
  ];
  if (networks.length === 1)
    process.stdout.write(`no fp32 network: ${fp32} is not there; export the model to have it\n`);

  process.stdout.write(`${manifest.id}, cosine to the fp32 vectors of sentence-transformers\n`);
  let kept = true;
  for (const network of networks) {
    const { embedder } = await createNodeEmbedder({
      modelDir: folder,
      files: network.files,
      overlong: 'cut',
      // The golden vectors are whole.
      dim: manifest.dimension,
    });
    for (const golden of goldens) {
      if (golden === null) continue;
      const { mean, worst, worstText } = await compare(embedder, golden);
      const within = network.format === 'fp32' ? worst >= FP32_WORST : mean >= QUANTISED_MEAN;
      const limit = network.format === 'fp32' ? `worst at least ${FP32_WORST}` : `mean at least ${QUANTISED_MEAN}`;
      process.stdout.write(
        `  ${network.format.padEnd(5)} ${golden.name.padEnd(12)} mean ${mean.toFixed(6)}  worst ${worst.toFixed(6)}  ` +
          `${within ? 'within' : 'OUTSIDE'} the limit (${limit}); worst text: ${JSON.stringify(worstText.slice(0, 50))}\n`,
      );
      kept &&= within;
    }
    await embedder.dispose();
  }
  return kept ? 0 : 1;
}

async function probes(folder: string, manifest: ReturnType<typeof parseManifest>): Promise<Golden> {
  const path = join(folder, manifest.files.probes.path);
  const parsed = parseProbes(JSON.parse(await readFile(path, 'utf8')), manifest.dimension, path);
  return {
    name: `${parsed.length} probes`,
    texts: parsed.map((probe) => probe.text),
    vectors: Float32Array.from(parsed.flatMap((probe) => [...probe.vector])),
  };
}

async function posts(folder: string): Promise<Golden | null> {
  const [textsPath, vectorsPath] = [join(resolve(folder), 'texts.jsonl'), join(resolve(folder), 'reference.npy')];
  if (!existsSync(textsPath) || !existsSync(vectorsPath)) {
    process.stdout.write(
      `NO REAL POSTS COMPARED: ${textsPath} and reference.npy are not there. Make them with\n` +
        '  python -m kindred_training.sample --blog DIR --out texts.jsonl\n' +
        '  python -m kindred_training.reference --in texts.jsonl --out reference.npy\n',
    );
    return null;
  }
  const texts = (await readTextLines(textsPath)).map((line) => line.text);
  const { rows, values } = await readNpy(vectorsPath);
  if (rows !== texts.length) throw new Error(`${textsPath} has ${texts.length} texts, ${vectorsPath} ${rows} rows.`);
  return { name: `${rows} posts`, texts, vectors: values };
}

async function compare(embedder: LocalEmbedder, { name, texts, vectors }: Golden) {
  const { dimension } = embedder.space;
  let [sum, worst, worstText] = [0, Infinity, ''];
  for (let at = 0; at < texts.length; at += CHUNK) {
    const chunk = texts.slice(at, at + CHUNK);
    const rows = await embedder.embed(chunk, { lane: 'queue' });
    chunk.forEach((text, index) => {
      const golden = vectors.subarray((at + index) * dimension, (at + index + 1) * dimension);
      const cosine = golden.reduce((total, value, d) => total + value * (rows[index * dimension + d] ?? NaN), 0);
      sum += cosine;
      if (!(cosine >= worst)) [worst, worstText] = [cosine, text];
    });
    showProgress(`${name}: ${at + chunk.length} of ${texts.length}`);
  }
  endProgress();
  return { mean: sum / texts.length, worst, worstText };
}

await command(agreement);
