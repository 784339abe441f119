// `npm run trust`: how far suggestions can be trusted. What drafts of other sites are given, where nothing is right.
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { leastShown } from '../src/core/rank/trust.ts';
import type { Amount } from '../src/core/suggestion.ts';
import { command, endProgress, showProgress } from './command.ts';
import { askSite } from './eval/askSite.ts';
import { SuggestionCounts, type Counted } from './eval/falseSuggestions.ts';
import { calibrationError, diagram, Reliability, type Bin } from './eval/reliability.ts';
import { findSites, readSite, siteName } from './eval/site.ts';
import { readStrangers } from './eval/strangers.ts';
import { TRUST_HEADER, trustRows } from './eval/trustRows.ts';
import { VectorCache } from './eval/vectorCache.ts';
import { dimOption, EVAL_CACHE, modelDir, ROOT } from './modelOptions.ts';
import { createNodeEmbedder } from './nodeEmbedder.ts';

/*
 * Protocol: a library is asked with the openings of its own posts that link to earlier ones, over those earlier ones, and
 * with openings of posts of other sites over all of it. Sites that write about each other's work are no strangers.
 */
const USAGE =
  'Usage: npm run trust [-- --data DIR --blogs a,b --strangers a,b --kin a+b,c+d --drafts N --json FILE --rows FILE --diagram FILE.svg --amount fewer|usual|more --model ID --dim N]';

async function trust(): Promise<number> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: resolve(ROOT, '../shared/data') },
      blogs: { type: 'string', default: 'carpentries,til' },
      strangers: { type: 'string', default: '18f,digitalgov,v8,carpentries,til,nodejs' },
      kin: { type: 'string', default: '18f+digitalgov,v8+nodejs' },
      drafts: { type: 'string', default: '100' },
      json: { type: 'string' },
      rows: { type: 'string' },
      diagram: { type: 'string' },
      amount: { type: 'string', default: 'usual' },
      model: { type: 'string' },
      dim: { type: 'string' },
    },
  });
  const most = Number(values.drafts);
  if (!Number.isInteger(most) || most < 1)
    throw new Error(`--drafts must be a whole number, not ${values.drafts}. ${USAGE}`);
  const kin = values.kin.split(',').map((pair) => pair.split('+'));
  const areKin = (a: string, b: string): boolean => kin.some((pair) => pair.includes(a) && pair.includes(b));

  const amount = AMOUNTS.find((one) => one === values.amount);
  if (amount === undefined) throw new Error(`--amount must be one of ${AMOUNTS.join(', ')}. ${USAGE}`);
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

  const file = values.rows === undefined ? null : openSync(values.rows, 'w');
  if (file !== null) writeSync(file, `${TRUST_HEADER}\n`);
  const found: Record<string, Found> = {};
  print('library', 'drafts of', 'as', 'compared by', 'drafts', 'any', 'suggestions', 'linked kept');
  for (const folder of folders) {
    const name = siteName(folder);
    const counts = new SuggestionCounts();
    const reliability = new Map<string, Reliability>();
    const others = strangers.filter((other) => other.name !== name && !areKin(other.name, name));
    const site = readSite(folder);
    const answers = askSite(site, others, manifest.cosines, {
      limits,
      dimension: embedder.space.dimension,
      embed: (texts) =>
        cache.embed(texts, (done, total) => showProgress(`${name}: ${done} of ${total} passages embedded`)),
    });
    const rows = trustRows(site);
    for await (const answer of answers) {
      const least = leastShown(answer.basis, amount);
      counts.add(answer, ({ probability }) => probability >= least);
      const kind = [answer.part, answer.basis.meaning ? 'meaning' : 'words'].join(', ');
      const own = reliability.get(kind) ?? new Reliability();
      reliability.set(kind, own);
      own.add(answer);
      if (file !== null)
        writeSync(
          file,
          rows(answer)
            .map((row) => `${row}\n`)
            .join(''),
        );
    }
    endProgress();
    const errors = Array.from(reliability, ([kind, own]) => ({
      kind,
      bins: own.bins({ strangers: true }),
      own: own.bins({ strangers: false }),
    }));
    found[name] = { counts: counts.all(), reliability: errors };
    for (const one of found[name].counts) printCounted(name, one);
  }
  if (file !== null) closeSync(file);
  print('library', 'as', 'compared by', '', 'error', 'own drafts');
  for (const [name, { reliability }] of Object.entries(found)) {
    for (const { kind, bins, own } of reliability) {
      const [part = '', compared = ''] = kind.split(', ');
      print(name, part, compared, '', ...[bins, own].map((some) => calibrationError(some).toFixed(3)));
    }
  }
  if (values.diagram !== undefined) {
    const panels = Object.entries(found).flatMap(([name, { reliability }]) =>
      reliability.map(({ kind, bins }) => ({ name: `${name}, ${kind}`, bins })),
    );
    writeFileSync(values.diagram, diagram(panels));
  }
  await embedder.dispose();
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(found, null, 2)}\n`);
  return 0;
}

const AMOUNTS: readonly Amount[] = ['fewer', 'usual', 'more'];

interface Found {
  counts: Counted[];
  /** By kind of answer; `own` of the site's own drafts alone. */
  reliability: { kind: string; bins: Bin[]; own: Bin[] }[];
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
