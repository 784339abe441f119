// `npm run video`: how well passages of speech find each other, and titles of talks their descriptions, by words, meaning and both.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isHead } from '../src/core/text/passage.ts';
import { AIM_TOKENS, cutPassages } from '../src/core/text/passages.ts';
import { markdownToText } from '../src/core/text/structure/markdown.ts';
import type { TokenLimits } from '../src/core/text/tokenCounts.ts';
import { command, endProgress, showProgress } from './command.ts';
import { judgeRetrieval, WAYS, type RetrievalTask } from './eval/retrieval.ts';
import type { SitePost } from './eval/site.ts';
import { VectorCache } from './eval/vectorCache.ts';
import { dimOption, EVAL_CACHE, modelDir, ROOT } from './modelOptions.ts';
import { createNodeEmbedder } from './nodeEmbedder.ts';

/*
 * Protocol. Changelog: each episode is cut into passages as the library cuts a transcript; --segments of each, evenly spread, are both
 * what is searched and what is asked; right are the others of the same episode. pyvideo: the title is asked, the descriptions are
 * searched, right is the talk's own; talks without a description are left out. Nothing is learned from either.
 * Where more posts could be asked than --queries says, so many are, evenly spread.
 */
const USAGE = `Usage: npm run video [-- --data DIR --episodes N --segments N --talks N --queries N --model ID or folder --dim N]`;

async function video(): Promise<number> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: resolve(ROOT, '../shared/data') },
      episodes: { type: 'string', default: '100000' },
      segments: { type: 'string', default: '8' },
      talks: { type: 'string', default: '100000' },
      queries: { type: 'string', default: '100000' },
      model: { type: 'string' },
      dim: { type: 'string' },
    },
  });
  const numbers = [values.episodes, values.segments, values.talks, values.queries].map(Number);
  const [episodes = 0, segments = 0, talks = 0, queries = 0] = numbers;
  if (!numbers.every((value) => Number.isInteger(value) && value > 0)) throw new Error(USAGE);
  const { embedder, manifest } = await createNodeEmbedder({
    modelDir: modelDir(values.model),
    ...dimOption(values.dim, USAGE),
  });
  const limits: TokenLimits = { maxTokens: manifest.maxTokens, countTokens: (texts) => embedder.countTokens(texts) };
  const cache = new VectorCache(embedder, EVAL_CACHE);
  const tasks: [name: string, read: () => Promise<RetrievalTask>][] = [
    ['changelog', () => readEpisodes(join(values.data, 'transcripts-changelog'), episodes, segments, limits)],
    ['pyvideo', () => readTalks(join(values.data, 'pyvideo', 'videos.jsonl'), talks)],
  ];
  process.stdout.write(
    `${'set'.padEnd(12)}${['posts', 'queries', 'way', 'MRR', 'recall@10'].map((cell) => cell.padStart(11)).join('')}\n`,
  );
  for (const [name, read] of tasks) {
    const task = await read();
    const asked = evenly(task.asked, queries);
    const scores = await judgeRetrieval({ ...task, asked }, manifest.cosines, {
      limits,
      dimension: embedder.space.dimension,
      embed: (texts) =>
        cache.embed(texts, (done, total) => showProgress(`${name}: ${done} of ${total} passages embedded`)),
    });
    endProgress();
    for (const way of WAYS) {
      const { mrr, recall10 } = scores[way];
      const cells = [
        String(task.posts.length),
        String(asked.length),
        way,
        (100 * mrr).toFixed(1),
        (100 * recall10).toFixed(1),
      ];
      process.stdout.write(`${name.padEnd(12)}${cells.map((cell) => cell.padStart(11)).join('')}\n`);
    }
  }
  await embedder.dispose();
  return 0;
}

/** At most so many of them, from all over. */
function evenly<Item>(all: readonly Item[], most: number): Item[] {
  const kept = Math.min(most, all.length);
  return Array.from({ length: kept }, (_, at) => all[Math.floor((at * all.length) / kept)] as Item);
}

const post = (id: string, title: string, text: string, draft: string): SitePost => ({
  ...{ id, url: null, links: [], date: '', title, summary: '', tags: [], draft },
  ...markdownToText(text),
});

async function readEpisodes(
  folder: string,
  most: number,
  segments: number,
  limits: TokenLimits,
): Promise<RetrievalTask> {
  if (!existsSync(folder)) throw new Error(`There is no folder ${folder}. Name its parent with --data.`);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md'));
  const posts: SitePost[] = [];
  const episodeOf = new Map<string, string[]>();
  for (const path of paths.sort().slice(0, most)) {
    const body = markdownToText(readFileSync(join(folder, path), 'utf8'));
    const passages = (await cutPassages({ title: '', summary: '', ...body }, limits)).filter(
      (passage) => !isHead(passage) && passage.tokens > AIM_TOKENS / 2,
    );
    const ids: string[] = [];
    for (const passage of evenly(passages, segments)) {
      const id = `${path}#${passage.start}`;
      ids.push(id);
      posts.push(post(id, '', passage.text, passage.text));
    }
    for (const id of ids) episodeOf.set(id, ids);
  }
  return {
    posts,
    asked: posts,
    relevant: ({ id }) => new Set((episodeOf.get(id) ?? []).filter((other) => other !== id)),
  };
}

async function readTalks(path: string, most: number): Promise<RetrievalTask> {
  if (!existsSync(path)) throw new Error(`There is no file ${path}. Name its parent with --data.`);
  const rows = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { id: string; title: string; description: string });
  const talks = rows
    .filter(({ description, title }) => description.trim() !== '' && title.trim() !== '')
    .slice(0, most);
  return {
    posts: talks.map(({ id, description }) => post(id, '', description, '')),
    // Another id than the description's: it is no post of its own that must not find itself.
    asked: talks.map(({ id, title }) => post(`title of ${id}`, title, '', '')),
    relevant: ({ id }) => new Set([id.replace(/^title of /, '')]),
  };
}

await command(video);
