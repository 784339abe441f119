// `npm run duplicates`: how well near-duplicates are told from posts that only look alike.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { command, endProgress, showProgress } from './command.ts';
import { demoCrossPosts } from './eval/duplicates/demo.ts';
import { editedPosts } from './eval/duplicates/edits.ts';
import { judgeDuplicates, type DuplicateScores } from './eval/duplicates/judgeDuplicates.ts';
import { sharedPosts } from './eval/duplicates/shared.ts';
import { sameTalks } from './eval/duplicates/talks.ts';
import { VectorCache } from './eval/vectorCache.ts';
import { EVAL_CACHE, modelDir, ROOT } from './modelOptions.ts';
import { createNodeEmbedder } from './nodeEmbedder.ts';

/*
 * Protocol: each post is asked as its author would ask with the whole of it, in a library that has the others. Of every set
 * one part is for choosing thresholds, and the other is what counts.
 */
const USAGE = 'Usage: npm run duplicates [-- --data DIR --sets a,b --json FILE --model ID --mistakes]';

async function evaluate(): Promise<number> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: resolve(ROOT, '../shared/data') },
      sets: { type: 'string' },
      json: { type: 'string' },
      model: { type: 'string' },
      mistakes: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const only = values.sets?.split(',') ?? null;
  const sets = [
    ...sharedPosts(values.data),
    ...sameTalks(values.data),
    ...(await demoCrossPosts()),
    ...editedPosts(values.data),
  ].filter(({ name }) => only === null || only.some((one) => name.startsWith(one)));
  const { embedder, manifest } = await createNodeEmbedder({ modelDir: modelDir(values.model) });
  const cache = new VectorCache(embedder, EVAL_CACHE);
  const all: (DuplicateScores & { name: string; part: string })[] = [];
  print('set', 'part', 'pairs', 'different', 'precision', 'recall', 'by words', 'wrong', 'ms');
  for (const set of sets) {
    showProgress(`${set.name}: comparing`);
    const scores = await judgeDuplicates(
      set,
      manifest.cosines,
      {
        limits: { maxTokens: manifest.maxTokens, countTokens: (texts) => embedder.countTokens(texts) },
        dimension: embedder.space.dimension,
        embed: (texts) => cache.embed(texts, () => undefined),
      },
      ({ kind, post, other }) => {
        if (values.mistakes)
          process.stdout.write(`  ${set.name} ${kind}: ${post.id} “${post.title}” | ${other.id} “${other.title}”\n`);
      },
    );
    endProgress();
    all.push({ name: set.name, part: set.part, ...scores });
    const { same, different, precision, recall, recallByWords, wrong, ms } = scores;
    const figures = [precision, recall, recallByWords].map((share) => share.toFixed(1));
    print(set.name, set.part, String(same), String(different), ...figures, String(wrong), ms.toFixed(1));
  }
  await embedder.dispose();
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(all, null, 2)}\n`);
  return 0;
}

const WIDTHS = [26, 10];
const WIDTH = 11;

function print(...cells: string[]): void {
  process.stdout.write(
    `${cells.map((cell, at) => (at < 2 ? cell.padEnd(WIDTHS[at] ?? WIDTH) : cell.padStart(WIDTH))).join('')}\n`,
  );
}

await command(evaluate);
