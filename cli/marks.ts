// `npm run marks`: whether the sentence marked in an open post is what makes its passage match, by taking sentences out.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { command, endProgress, showProgress } from './command.ts';
import { CHOICES, judgeMarks } from './eval/marks.ts';
import { findSites, readSite, siteName } from './eval/site.ts';
import { VectorCache } from './eval/vectorCache.ts';
import { EVAL_CACHE, modelDir, ROOT } from './modelOptions.ts';
import { createNodeEmbedder } from './nodeEmbedder.ts';

const USAGE = 'Usage: npm run marks [-- --data DIR --blogs a,b --pairs N --model ID]';

async function judge(): Promise<number> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: resolve(ROOT, '../shared/data') },
      blogs: { type: 'string', default: 'v8,18f,carpentries' },
      pairs: { type: 'string', default: '100' },
      model: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const most = Number(values.pairs);
  if (!Number.isInteger(most) || most < 1)
    throw new Error(`--pairs must be a whole number, not ${values.pairs}. ${USAGE}`);
  const folders = findSites(values.data, values.blogs.split(','));
  const { embedder, manifest } = await createNodeEmbedder({ modelDir: modelDir(values.model) });
  const cache = new VectorCache(embedder, EVAL_CACHE);
  print('site', 'pairs', 'chosen by', 'matters most', 'cosine falls by');
  for (const folder of folders) {
    const { pairs, heaviest, fall } = await judgeMarks(readSite(folder), most, {
      embedder,
      limits: { maxTokens: manifest.maxTokens, countTokens: (texts) => embedder.countTokens(texts) },
      embed: (texts) => cache.embed(texts, () => undefined),
      onProgress: (done, total) => showProgress(`${siteName(folder)}: ${done} of ${total} pairs`),
    });
    endProgress();
    for (const choice of CHOICES)
      print(siteName(folder), String(pairs), choice, `${heaviest[choice].toFixed(1)} %`, fall[choice].toFixed(4));
  }
  await embedder.dispose();
  return 0;
}

function print(...cells: string[]): void {
  process.stdout.write(`${cells.map((cell, at) => (at === 0 ? cell.padEnd(14) : cell.padStart(16))).join('')}\n`);
}

await command(judge);
