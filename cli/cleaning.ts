// `npm run cleaning`: what is left out of passages on real blogs, how much planted boilerplate is found, and what it does to suggestions.
import { basename, join, resolve } from 'node:path';
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { command, endProgress, showProgress } from './command.ts';
import { arrive } from './eval/cleaning/arrivals.ts';
import { drawing, PLANT_KINDS, plantBoilerplate, type PlantKind } from './eval/cleaning/plantBoilerplate.ts';
import { withOriginals } from './eval/cleaning/originals.ts';
import { cleanSite, withoutRepeatedWords, type CleanedPost } from './eval/cleaning/siteCleaning.ts';
import { judgeSite } from './eval/judgeSite.ts';
import { readPosts, readSite, type SitePost } from './eval/site.ts';
import { VectorCache } from './eval/vectorCache.ts';
import { EVAL_CACHE, modelDir, ROOT } from './modelOptions.ts';
import { createNodeEmbedder } from './nodeEmbedder.ts';

const USAGE =
  'Usage: npm run cleaning [-- --data DIR --blogs a,b --samples N --seed N --search --model ID]\n' +
  '--samples prints so many parts that are left out, to be read; --search judges suggestions with and without.';

/** Thresholds were chosen on 18f and digitalgov; the others only report. */
const CHOSEN_ON = '18f,digitalgov';
const LIBRARIES = [10, 100, 1000];
/** Posts that an import writes together. */
const IMPORTED_TOGETHER = 50;
/** About what a tokenizer of word pieces makes of English. */
const TOKENS_PER_WORD = 1.3;

async function cleaning(): Promise<number> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: resolve(ROOT, '../shared/data') },
      blogs: { type: 'string', default: CHOSEN_ON },
      samples: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
      search: { type: 'boolean', default: false },
      model: { type: 'string' },
    },
  });
  const [samples, seed] = [Number(values.samples), Number(values.seed)];
  if (!Number.isInteger(samples) || samples < 0 || !Number.isInteger(seed)) throw new Error(USAGE);
  const folders = values.blogs.split(',').map((name) => join(values.data, `blog-${name}`));
  for (const folder of folders) {
    if (!existsSync(join(folder, 'posts.jsonl'))) throw new Error(`${folder} has no posts.jsonl. ${USAGE}`);
  }
  for (const folder of folders) {
    const posts = await withOriginals(folder, readPosts(folder));
    print(`${basename(folder)}: ${posts.length} posts`);
    printFound(posts, samples, drawing(seed));
    for (const size of LIBRARIES.filter((size) => size < posts.length).concat(posts.length)) {
      printPlanted(shuffled(posts, drawing(seed)).slice(0, size), drawing(seed + 1));
    }
    await printArrivals(posts);
    if (values.search) await printSearch(folder, posts, values.model);
  }
  return 0;
}

function printFound(posts: readonly SitePost[], samples: number, draw: (below: number) => number): void {
  const { posts: cleaned, counts } = cleanSite(posts);
  const touched = cleaned.filter(({ repeated }) => repeated.length > 0);
  const words = (some: readonly CleanedPost[], of: (post: CleanedPost) => number): number =>
    some.reduce((sum, post) => sum + of(post), 0);
  const all = words(cleaned, ({ parts }) => parts.reduce((sum, part) => sum + part.words, 0));
  const repeated = words(cleaned, repeatedWords);
  const code = words(cleaned, ({ parts, leftOut }) => {
    const starts = new Set(leftOut.filter(({ why }) => why === 'code').map(({ start }) => start));
    return parts.reduce((sum, part) => sum + (starts.has(part.start) ? part.words : 0), 0);
  });
  const blocks = words(touched, (post) => post.repeated.length);
  print(
    `  repeated: ${blocks} parts of ${touched.length} posts, ${percent(repeated, all)} of all words; code: ${percent(code, all)}`,
  );
  const shown = touched.flatMap((post) => post.repeated.map((at) => ({ post, at })));
  for (const { post, at } of shuffled(shown, draw).slice(0, samples)) {
    const part = post.parts[at];
    if (part === undefined) continue;
    const said = post.post.text.slice(part.start, part.end).replace(/\s+/g, ' ');
    print(
      `    in ${counts.inPosts.get(part.print) ?? 0}, ${at + 1} of ${post.parts.length}, ${part.kind}, of “${post.post.title}”: ${said}`,
    );
  }
}

const repeatedWords = ({ parts, repeated }: CleanedPost): number =>
  repeated.reduce((sum, at) => sum + (parts[at]?.words ?? 0), 0);

/** Parts that are left out only since boilerplate was planted, and were not planted themselves, are own words lost. */
function printPlanted(posts: readonly SitePost[], draw: (below: number) => number): void {
  const before = new Map(cleanSite(posts).posts.map((one) => [one.post.id, textsLeftOut(one)]));
  const planted = posts.map((post) => plantBoilerplate(post, draw));
  const { posts: cleaned } = cleanSite(planted.map(({ post }) => post));
  const counts = new Map<PlantKind, { planted: number; found: number }>();
  let lost = 0;
  cleaned.forEach((one, index) => {
    const plants = planted[index]?.planted ?? [];
    const starts = new Set(one.repeated.map((at) => one.parts[at]?.start));
    for (const { kind, start } of plants) {
      const count = counts.get(kind) ?? { planted: 0, found: 0 };
      counts.set(kind, { planted: count.planted + 1, found: count.found + (starts.has(start) ? 1 : 0) });
    }
    const own = new Set(plants.map(({ start }) => start));
    const known = before.get(one.post.id);
    lost += one.repeated.filter((at) => {
      const part = one.parts[at];
      return (
        part !== undefined && !own.has(part.start) && known?.has(one.post.text.slice(part.start, part.end)) !== true
      );
    }).length;
  });
  const found = PLANT_KINDS.map((kind) => {
    const count = counts.get(kind) ?? { planted: 0, found: 0 };
    return `${kind} ${percent(count.found, count.planted)}`;
  });
  print(`  planted into ${posts.length}: found ${found.join(', ')}; ${lost} other parts left out beside`);
}

const textsLeftOut = ({ post, parts, repeated }: CleanedPost): Set<string> =>
  new Set(repeated.map((at) => post.text.slice(parts[at]?.start, parts[at]?.end)));

async function printArrivals(posts: readonly SitePost[]): Promise<void> {
  const countTokens = (texts: readonly string[]): number[] =>
    texts.map((text) => 2 + Math.ceil((text.match(/\S+/g)?.length ?? 0) * TOKENS_PER_WORD));
  for (const together of [1, IMPORTED_TOGETHER]) {
    const { passages, embedded, cutAgain } = await arrive(posts, together, { maxTokens: 256, countTokens });
    const how = together === 1 ? 'one by one' : `${together} by ${together}`;
    print(
      `  coming ${how}: ${embedded} passages embedded for the ${passages} there are (${(embedded / passages).toFixed(3)} times), ${cutAgain} times a post was cut again`,
    );
  }
}

async function printSearch(folder: string, posts: SitePost[], model: string | undefined): Promise<void> {
  const site = { ...readSite(folder), posts };
  const cleaned = cleanSite(site.posts).posts;
  const whole = site.posts.map((post) => ({
    ...post,
    blocks: post.blocks.map((block) => (block.kind === 'code' ? { ...block, kind: 'quote' as const } : block)),
  }));
  const variants: [name: string, posts: SitePost[]][] = [
    ['nothing left out', whole],
    ['code left out', site.posts],
    ['repeated too', cleaned.map((one) => withRepeated(one.post, one))],
    ['of words too', cleaned.map(withoutRepeatedWords)],
  ];
  const { embedder, manifest } = await createNodeEmbedder({ modelDir: modelDir(model) });
  const cache = new VectorCache(embedder, EVAL_CACHE);
  for (const [name, posts] of variants) {
    const scores = await judgeSite({ ...site, posts }, manifest.cosines, {
      limits: { maxTokens: manifest.maxTokens, countTokens: (texts) => embedder.countTokens(texts) },
      dimension: embedder.space.dimension,
      embed: (texts) => cache.embed(texts, (done, total) => showProgress(`${name}: ${done} of ${total} embedded`)),
    });
    endProgress();
    const { bm25, cosine, fused, ranked } = scores;
    print(
      `  ${name.padEnd(18)}${scores.queries} drafts, nDCG@10: words ${bm25.toFixed(1)}, meaning ${cosine.toFixed(1)}, both ${fused.toFixed(1)}, ranked ${ranked.toFixed(1)}`,
    );
  }
  await embedder.dispose();
}

const withRepeated = (post: SitePost, { repeated }: CleanedPost): SitePost & { repeated: number[] } => ({
  ...post,
  repeated,
});

function shuffled<T>(items: readonly T[], draw: (below: number) => number): T[] {
  const mixed = [...items];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = draw(at + 1);
    [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
  }
  return mixed;
}

const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

await command(cleaning);
