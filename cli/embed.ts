// `npm run embed`: any texts through the shipped core, as a NumPy file, so that other tools can judge the vectors.
import { parseArgs } from 'node:util';
import { command, endProgress, showProgress } from './command.ts';
import { dimOption, modelDir } from './modelOptions.ts';
import { createNodeEmbedder } from './nodeEmbedder.ts';
import { NpyWriter } from './npy.ts';
import { readTextLines } from './textLines.ts';

const USAGE = 'Usage: npm run embed -- --in texts.jsonl --out vectors.npy [--model ID or folder] [--dim N]';
/** Texts between two reports of progress. */
const CHUNK = 32;

async function embed(): Promise<number> {
  const { values } = parseArgs({
    options: {
      in: { type: 'string' },
      out: { type: 'string' },
      model: { type: 'string' },
      dim: { type: 'string' },
    },
  });
  if (values.in === undefined || values.out === undefined) throw new Error(USAGE);
  const dim = dimOption(values.dim, USAGE);

  const texts = (await readTextLines(values.in)).map((line) => line.text);
  const { embedder, manifest } = await createNodeEmbedder({
    modelDir: modelDir(values.model),
    overlong: 'cut',
    ...dim,
  });
  const writer = await NpyWriter.create(values.out, texts.length, embedder.space.dimension);
  const started = performance.now();
  let tokens = 0;
  let cut = 0;
  for (let at = 0; at < texts.length; at += CHUNK) {
    const chunk = texts.slice(at, at + CHUNK);
    for (const count of embedder.countTokens(chunk)) {
      tokens += Math.min(count, manifest.maxTokens);
      if (count > manifest.maxTokens) cut++;
    }
    await writer.write(await embedder.embed(chunk, { lane: 'queue' }));
    const rate = Math.round(tokens / ((performance.now() - started) / 1000));
    showProgress(`${at + chunk.length} of ${texts.length} texts, ${rate} tokens a second`);
  }
  await writer.close();
  await embedder.dispose();
  endProgress();
  const seconds = (performance.now() - started) / 1000;
  process.stderr.write(
    `${texts.length} vectors of ${embedder.space.dimension} in ${values.out}: ` +
      `${tokens} tokens in ${seconds.toFixed(1)} s, ${Math.round(tokens / seconds)} a second\n`,
  );
  if (cut > 0) {
    process.stderr.write(
      `${cut} texts were longer than ${manifest.maxTokens} tokens and were cut to their first ones\n`,
    );
  }
  return 0;
}

await command(embed);
