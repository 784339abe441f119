// `npm run trust`: how far suggestions can be trusted. What drafts of other sites are given, where nothing is right.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isAboveFloor } from '../src/core/search/fusion.ts';
import { command, endProgress, showProgress } from './command.ts';
import { askSite } from './eval/askSite.ts';
import { SuggestionCounts, type Counted } from './eval/falseSuggestions.ts';
import { findSites, readSite, siteName } from './eval/site.ts';
import { readStrangers } from './eval/strangers.ts';
import { VectorCache } from './eval/vectorCache.ts';
import { dimOption, EVAL_CACHE, modelDir, ROOT } from './modelOptions.ts';
import { createNodeEmbedder } from './nodeEmbedder.ts';

/*
 * Protocol: a library is asked with the openings of its own posts that link to earlier ones, over those earlier ones, and
 * with openings of posts of other sites over all of it. Sites that write about each other's work are no strangers.
 */
const USAGE =
  'Usage: npm run trust [-- --data DIR --blogs a,b --strangers a,b --kin a+b,c+d --drafts N --json FILE --model ID --dim N]';

async function trust(): Promise<number> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: resolve(ROOT, '../shared/data') },
      blogs: { type: 'string', default: 'carpentries,til' },
      strangers: { type: 'string', default: '18f,digitalgov,v8,carpentries,til,nodejs' },
      kin: { type: 'string', default: '18f+digitalgov,v8+nodejs' },
      drafts: { type: 'string', default: '100' },
      json: { type: 'string' },
      model: { type: 'string' },
      dim: { type: 'string' },
    },
  });
  const most = Number(values.drafts);
  if (!Number.isInteger(most) || most < 1)
    throw new Error(`--drafts must be a whole number, not ${values.drafts}. ${USAGE}`);
  const kin = values.kin.split(',').map((pair) => pair.split('+'));
  const areKin = (a: string, b: string): boolean => kin.some((pair) => pair.includes(a) && pair.includes(b));

  const folders = findSites(values.data, values.blogs.split(','));
  const strangers = readStrangers(values.data, values.strangers.split(','), most);
  const { embedder, manifest } = await createNodeEmbedder({
    modelDir: modelDir(values.model),
    ...dimOption(values.dim, USAGE),
  });
  const cache = new VectorCache(embedder, EVAL_CACHE);
  const limits = {
    maxTokens: manifest.maxTokens,
    countTokens: (texts: readonly string[]) => embedder.countTokens(texts),
  };

  const found: Record<string, Counted[]> = {};
  print('library', 'drafts of', 'as', 'compared by', 'drafts', 'any', 'suggestions', 'linked kept');
  for (const folder of folders) {
    const name = siteName(folder);
    const counts = new SuggestionCounts();
    const others = strangers.filter((other) => other.name !== name && !areKin(other.name, name));
    const answers = askSite(readSite(folder), others, manifest.cosines, {
      limits,
      dimension: embedder.space.dimension,
      embed: (texts) =>
        cache.embed(texts, (done, total) => showProgress(`${name}: ${done} of ${total} passages embedded`)),
    });
    for await (const answer of answers) counts.add(answer, ({ hit }) => isAboveFloor(hit));
    endProgress();
    found[name] = counts.all();
    for (const one of found[name]) printCounted(name, one);
  }
  await embedder.dispose();
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(found, null, 2)}\n`);
  return 0;
}

function printCounted(library: string, { from, part, meaning, drafts, any, suggestions, kept }: Counted): void {
  const compared = meaning ? 'meaning' : 'words';
  const share = (value: number | null): string => (value === null ? '' : `${(100 * value).toFixed(1)} %`);
  print(library, from, part, compared, String(drafts), share(any), suggestions.toFixed(1), share(kept));
}

const TEXT_COLUMNS = 4;
const WIDTH = 13;

function print(...cells: string[]): void {
  const padded = cells.map((cell, at) => (at < TEXT_COLUMNS ? cell.padEnd(WIDTH) : cell.padStart(WIDTH)));
  process.stdout.write(`${padded.join('')}\n`);
}

await command(trust);
