// `npm run bench:import`: how fast posts are read, and how much memory a large archive takes.
import { createWriteStream, existsSync, mkdtempSync, openAsBlob, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { createTarPacker } from 'modern-tar';
import { command } from '../cli/command.ts';
import { ROOT } from '../cli/modelOptions.ts';
import { importFiles } from '../src/core/importers/index.ts';
import type { ImportFile } from '../src/core/libraryApi.ts';
import { Bm25Index } from '../src/core/search/bm25.ts';
import { documentTerms } from '../src/core/text/documentTerms.ts';
import { exportFormats, makeItem } from '../src/testing/exports/index.ts';
import { randomOf } from './random.ts';
import { wordsOf } from './syntheticPosts.ts';

const USAGE = 'Usage: npm run bench:import [-- --mb 24 --rounds 3 --archive-mb 256 --data DIR --seed 1]';
const MB = 1024 * 1024;
/** Of a large archive, as of real exports: most is pictures, which are never read. */
const SHARE_OF_POSTS = 0.1;
const PICTURE_BYTES = 2 * MB;

async function bench(): Promise<number> {
  const { values } = parseArgs({
    options: {
      mb: { type: 'string', default: '24' },
      rounds: { type: 'string', default: '3' },
      'archive-mb': { type: 'string', default: '256' },
      data: { type: 'string', default: resolve(ROOT, '../shared/data') },
      seed: { type: 'string', default: '1' },
    },
  });
  const [mb, rounds, archiveMb, seed] = [values.mb, values.rounds, values['archive-mb'], values.seed].map(Number);
  if (![mb, rounds, archiveMb, seed].every((value) => Number.isInteger(value))) throw new Error(USAGE);
  const texts = markdownPosts((mb ?? 0) * MB, seed ?? 0);
  // First, while the memory is still as it was.
  if ((archiveMb ?? 0) > 0) await largeArchive((archiveMb ?? 0) * MB, texts, seed ?? 0);
  await rate(
    'Markdown, a file a post',
    texts.map((text, at) => ({
      path: `site/posts/p${at}.md`,
      blob: new Blob([`---\ntitle: Post ${at}\ndate: 2024-01-01\n---\n${text}`]),
    })),
    rounds ?? 1,
  );
  for (const name of ['RSS 2.0', 'WordPress WXR 1.2', 'JSON Lines']) {
    const written = await exportFormats
      .get(name)
      ?.write(texts.map((text, at) => makeItem(at + 1, { html: htmlOf(text) })));
    const files = Object.entries(written ?? {}).map(([path, content]) => ({ path, blob: new Blob([content]) }));
    await rate(name, files, rounds ?? 1);
  }
  await toSearchable(join(values.data, 'blog-digitalgov', 'originals.tar.gz'));
  return 0;
}

/** Paragraphs, headings, lists, links and code, some 6 KB a post. */
function markdownPosts(bytes: number, seed: number): string[] {
  const random = randomOf(seed);
  const words = wordsOf(random);
  const posts: string[] = [];
  for (let total = 0; total < bytes;) {
    const parts = Array.from({ length: 12 }, (_, part) => {
      if (part % 4 === 0) return `## ${words(4)}`;
      if (part % 6 === 1) return `- ${words(8)}\n- ${words(9)} **${words(2)}**\n- ${words(7)}`;
      if (part % 11 === 2) return `\`\`\`\n${words(12)}\n\`\`\``;
      return `${words(60)} [${words(3)}](https://ferry.example/${part}) ${words(40)} *${words(1)}* ${words(20)}.`;
    });
    const post = parts.join('\n\n');
    total += post.length;
    posts.push(post);
  }
  return posts;
}

const htmlOf = (markdown: string): string =>
  markdown
    .split('\n\n')
    .map((part) => `<p>${part.replace(/\[([^\]]*)\]\(([^)]*)\)/g, '<a href="$2">$1</a>')}</p>`)
    .join('\n');

async function rate(name: string, files: ImportFile[], rounds: number): Promise<void> {
  const bytes = files.reduce((sum, { blob }) => sum + blob.size, 0);
  const times: number[] = [];
  let posts = 0;
  for (let round = 0; round < rounds; round++) {
    const cpu = process.cpuUsage();
    const started = performance.now();
    posts = 0;
    for await (const event of importFiles(files, { source: 'blog' })) if (event.kind === 'post') posts++;
    const { user, system } = process.cpuUsage(cpu);
    // On a shared machine the processor's time says more than the clock's; threads beside this one count as well.
    times.push(Math.min(performance.now() - started, (user + system) / 1000));
  }
  const best = Math.min(...times) / 1000;
  print(
    name,
    `${(bytes / MB / best).toFixed(1)} MB/s`,
    `${posts} posts, ${(bytes / MB).toFixed(0)} MB, best of ${rounds}`,
  );
}

/** From the archive to the last post findable by its words; the disk of a browser is not in it. */
async function toSearchable(path: string): Promise<void> {
  if (!existsSync(path)) {
    print('digitalgov', 'skipped', `${path} is not there`);
    return;
  }
  const blob = new Blob([readFileSync(path)]);
  const cpu = process.cpuUsage();
  const started = performance.now();
  const index = new Bm25Index();
  let posts = 0;
  let issues = 0;
  for await (const event of importFiles([{ path: 'originals.tar.gz', blob }], { source: 'digitalgov' })) {
    if (event.kind === 'issue') issues++;
    if (event.kind !== 'post') continue;
    posts++;
    index.add(event.post.id, documentTerms(event.post));
  }
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  print(
    'digitalgov',
    `${seconds.toFixed(1)} s`,
    `${posts} posts, ${issues} issues, from tar.gz to words; ${((user + system) / 1e6).toFixed(1)} s of processor`,
  );
}

async function largeArchive(bytes: number, texts: readonly string[], seed: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kindred-archive-'));
  const path = join(folder, 'export.tar');
  try {
    await writeArchive(path, bytes, texts, seed);
    const blob = await openAsBlob(path);
    const before = process.memoryUsage.rss();
    let highest = before;
    const watch = setInterval(() => (highest = Math.max(highest, process.memoryUsage.rss())), 20);
    const started = performance.now();
    let posts = 0;
    for await (const event of importFiles([{ path: 'export.tar', blob }], { source: 'export' }))
      if (event.kind === 'post') posts++;
    clearInterval(watch);
    const seconds = (performance.now() - started) / 1000;
    print(
      'large archive',
      `+${((highest - before) / MB).toFixed(0)} MB`,
      `${(statSync(path).size / MB).toFixed(0)} MB, ${posts} posts in ${seconds.toFixed(1)} s`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writeArchive(path: string, bytes: number, texts: readonly string[], seed: number): Promise<void> {
  const random = randomOf(seed);
  const picture = Uint8Array.from({ length: PICTURE_BYTES }, () => Math.floor(random() * 256));
  const { readable, controller } = createTarPacker();
  const written = new Promise<void>((resolve, reject) => {
    Readable.fromWeb(readable as Parameters<typeof Readable.fromWeb>[0])
      .pipe(createWriteStream(path))
      .on('finish', resolve)
      .on('error', reject);
  });
  const add = async (name: string, content: Uint8Array<ArrayBuffer>): Promise<void> =>
    new Blob([content]).stream().pipeTo(controller.add({ name, size: content.length, type: 'file' }));
  let total = 0;
  let ofPosts = 0;
  for (let number = 0; total < bytes; number++) {
    const isPost = ofPosts <= total * SHARE_OF_POSTS;
    const content = isPost
      ? new TextEncoder().encode(`# Post ${number}\n\n${texts[number % texts.length] ?? ''}`)
      : picture;
    await add(isPost ? `site/p${number}.md` : `site/p${number}.jpg`, content);
    total += content.length;
    if (isPost) ofPosts += content.length;
  }
  controller.finalize();
  await written;
}

const print = (name: string, figure: string, detail: string): void =>
  console.log(`${name.padEnd(26)}${figure.padStart(12)}   ${detail}`);

await command(bench);
