// `npm run eval`: how good the shipped core's suggestions and vectors are, on blogs whose authors linked related posts.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { TokenLimits } from '../src/core/text/tokenCounts.ts';
import { command, endProgress, showProgress } from './command.ts';
import { judgeSite, type SiteScores } from './eval/judgeSite.ts';
import { findSites, readSite, siteName } from './eval/site.ts';
import { judgeSts, readSts } from './eval/sts.ts';
import { VectorCache } from './eval/vectorCache.ts';
import { dimOption, EVAL_CACHE, modelDir, ROOT } from './modelOptions.ts';
import { createNodeEmbedder } from './nodeEmbedder.ts';

/*
 * Protocol: the query is a post's title and `draft`, candidates are posts dated strictly earlier, the score is nDCG@10
 * with binary gain over queries that have at least one relevant candidate. Parameters of the core were chosen on
 * carpentries and digitalgov; 18f and v8 are for reporting.
 */
const USAGE = 'Usage: npm run eval [-- --data DIR --blogs a,b --json FILE --model ID --dim N]';

async function evaluate(): Promise<number> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: resolve(ROOT, '../shared/data') },
      blogs: { type: 'string' },
      json: { type: 'string' },
      model: { type: 'string' },
      dim: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const folders = findSites(values.data, values.blogs?.split(',') ?? null);
  const stsSets = readSts(values.data);
  if (folders.length === 0 && stsSets.length === 0) {
    throw new Error(`${values.data} has no blog-NAME folder with posts.jsonl and related-qrels.tsv. ${USAGE}`);
  }

  const dim = dimOption(values.dim, USAGE);
  const { embedder, manifest } = await createNodeEmbedder({ modelDir: modelDir(values.model), ...dim });
  const cache = new VectorCache(embedder, EVAL_CACHE);
  const { dimension } = embedder.space;
  const limits: TokenLimits = {
    maxTokens: manifest.maxTokens,
    countTokens: (texts) => embedder.countTokens(texts),
  };
  const embedFor = (name: string) => (texts: readonly string[]) =>
    cache.embed(texts, (done, total) => showProgress(`${name}: ${done} of ${total} passages embedded`));

  const sites: Record<string, SiteScores> = {};
  const sts: Record<string, number> = {};
  print('site', 'queries', 'bm25', 'cosine', 'fused');
  for (const folder of folders) {
    const name = siteName(folder);
    showProgress(`${name}: reading`);
    const scores = await judgeSite(readSite(folder), manifest.cosines, { limits, dimension, embed: embedFor(name) });
    endProgress();
    sites[name] = scores;
    print(name, String(scores.queries), ...[scores.bm25, scores.cosine, scores.fused].map((score) => score.toFixed(1)));
  }
  print('sts', 'Spearman');
  for (const set of stsSets) {
    const score = await judgeSts(set, dimension, embedFor(set.name));
    endProgress();
    sts[set.name] = score;
    print(set.name, score.toFixed(1));
  }
  await embedder.dispose();
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ sites, sts }, null, 2)}\n`);
  return 0;
}

const WIDTH = 12;

function print(...cells: string[]): void {
  process.stdout.write(`${cells.map((cell, at) => (at === 0 ? cell.padEnd(WIDTH) : cell.padStart(WIDTH))).join('')}\n`);
}

await command(evaluate);
