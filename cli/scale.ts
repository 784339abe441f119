// `npm run scale`: what a model's cosines mean, for the `cosines` of its manifest.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { command, endProgress, showProgress } from './command.ts';
import { measureCosines } from './eval/cosineScale.ts';
import type { SitePost } from './eval/site.ts';
import { readStrangers } from './eval/strangers.ts';
import { VectorCache } from './eval/vectorCache.ts';
import { dimOption, EVAL_CACHE, modelDir, ROOT } from './modelOptions.ts';
import { createNodeEmbedder } from './nodeEmbedder.ts';

const USAGE =
  'Usage: npm run scale [-- --data DIR --site carpentries --strangers v8,til --posts N --model ID or folder --dim N]';

async function scale(): Promise<number> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: resolve(ROOT, '../shared/data') },
      site: { type: 'string', default: 'carpentries' },
      strangers: { type: 'string', default: 'v8,til' },
      posts: { type: 'string', default: '120' },
      model: { type: 'string' },
      dim: { type: 'string' },
    },
  });
  const most = Number(values.posts);
  if (!Number.isInteger(most) || most < 1)
    throw new Error(`--posts must be a whole number, not ${values.posts}. ${USAGE}`);
  const read = (names: string): SitePost[] =>
    readStrangers(values.data, names.split(','), most).flatMap(({ posts }) => posts);

  const { embedder, manifest } = await createNodeEmbedder({
    modelDir: modelDir(values.model),
    ...dimOption(values.dim, USAGE),
  });
  const cache = new VectorCache(embedder, EVAL_CACHE);
  const found = await measureCosines(read(values.site), read(values.strangers), {
    limits: { maxTokens: manifest.maxTokens, countTokens: (texts) => embedder.countTokens(texts) },
    dimension: embedder.space.dimension,
    embed: (texts) => cache.embed(texts, (done, total) => showProgress(`${done} of ${total} passages embedded`)),
  });
  endProgress();
  await embedder.dispose();
  const rounded = [found.unrelated, found.usual, found.same].map((cosine) => cosine.toFixed(3));
  process.stdout.write(`unrelated, usual, same: ${rounded.join(', ')}\n`);
  return 0;
}

await command(scale);
