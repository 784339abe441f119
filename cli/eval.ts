// `npm run eval`: how good the shipped core's suggestions and vectors are, on blogs whose authors linked related posts.
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { CosineScale } from '../src/core/embedding.ts';
import { FEATURES } from '../src/core/rank/ranker.ts';
import type { TokenLimits } from '../src/core/text/tokenCounts.ts';
import { command, endProgress, showProgress } from './command.ts';
import { featureRows, judgeSite, type SiteScores } from './eval/judgeSite.ts';
import { findSites, readSite, siteName } from './eval/site.ts';
import type { SitePorts } from './eval/siteLibrary.ts';
import { judgeSts, readSts } from './eval/sts.ts';
import { VectorCache } from './eval/vectorCache.ts';
import { dimOption, EVAL_CACHE, modelDir, ROOT } from './modelOptions.ts';
import { createNodeEmbedder } from './nodeEmbedder.ts';

/*
 * Protocol: the query is a post's title and `draft`, candidates are posts dated strictly earlier (on a site without dates
 * all others), the score is nDCG@10 with binary gain over queries that have at least one relevant candidate. Parameters of
 * the two searches were chosen on carpentries and digitalgov; the ranker learned from digitalgov, 18f and v8.
 */
const USAGE = 'Usage: npm run eval [-- --data DIR --blogs a,b --json FILE --model ID --dim N --features FILE]';

async function evaluate(): Promise<number> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: resolve(ROOT, '../shared/data') },
      blogs: { type: 'string' },
      json: { type: 'string' },
      features: { type: 'string' },
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
  const portsOf = (folder: string): SitePorts => ({ limits, dimension, embed: embedFor(siteName(folder)) });
  if (values.features !== undefined) {
    await writeFeatures(values.features, folders, manifest.cosines, portsOf);
    await embedder.dispose();
    return 0;
  }
  print('site', 'queries', ...COLUMNS.map(([title]) => title), 'far: bm25', 'ranked', 'par: fused', 'ranked');
  for (const folder of folders) {
    const name = siteName(folder);
    showProgress(`${name}: reading`);
    const scores = await judgeSite(readSite(folder), manifest.cosines, portsOf(folder));
    endProgress();
    sites[name] = scores;
    const { farWords: far, paragraph } = scores;
    const shown = [
      ...COLUMNS.map(([, column]) => scores[column]),
      far.bm25,
      far.ranked,
      paragraph.fused,
      paragraph.ranked,
    ];
    print(name, String(scores.queries), ...shown.map((score) => score.toFixed(1)));
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

const COLUMNS = [
  ['bm25', 'bm25'],
  ['cosine', 'cosine'],
  ['fused', 'fused'],
  ['ranked', 'ranked'],
  ['no vectors', 'wordsRanked'],
  ['recall@5', 'recall5'],
  ['first', 'first'],
] as const satisfies readonly (readonly [string, Exclude<keyof SiteScores, 'farWords' | 'paragraph'>])[];

/** A line for each candidate of each query, tabs between: what `training/` fits the ranker to. */
async function writeFeatures(
  path: string,
  folders: readonly string[],
  cosines: CosineScale,
  portsOf: (folder: string) => SitePorts,
): Promise<void> {
  const file = openSync(path, 'w');
  writeSync(file, `${['site', 'query', 'date', 'relevant', 'post', 'linked', ...FEATURES].join('\t')}\n`);
  for (const folder of folders) {
    const name = siteName(folder);
    let lines: string[] = [];
    for await (const row of featureRows(readSite(folder), cosines, portsOf(folder))) {
      const numbers = FEATURES.map((feature) => String(Number(row.features[feature].toPrecision(DIGITS))));
      lines.push([name, row.query, row.date, row.relevant, row.post, row.linked ? '1' : '0', ...numbers].join('\t'));
      if (lines.length < LINES_AT_ONCE) continue;
      writeSync(file, `${lines.join('\n')}\n`);
      lines = [];
    }
    if (lines.length > 0) writeSync(file, `${lines.join('\n')}\n`);
    endProgress();
  }
  closeSync(file);
}

const DIGITS = 6;
const LINES_AT_ONCE = 10_000;
const WIDTH = 12;

function print(...cells: string[]): void {
  process.stdout.write(`${cells.map((cell, at) => (at === 0 ? cell.padEnd(WIDTH) : cell.padStart(WIDTH))).join('')}\n`);
}

await command(evaluate);
