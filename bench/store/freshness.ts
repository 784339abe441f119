// Freshness: from saving one post to finding it by meaning, with an empty queue and with many posts ahead of it.
import type { ImportFile, LibraryApi } from '../../src/core/libraryApi.ts';
import { createLibrary } from '../../src/core/library.ts';
import { textHash } from '../../src/core/text/textHash.ts';
import { randomOf } from '../random.ts';
import { benchSupply } from './benchModel.ts';

export interface FreshnessOptions {
  dimension: number;
  /** Posts that wait before the measured ones are saved. */
  ahead: number;
  /** Single posts that are saved, one after the other. */
  saved: number;
  /** What the model takes for one passage, in milliseconds. */
  msPerPassage: number;
}

/** Milliseconds of each post saved. */
export async function measureFreshness({ dimension, ahead, saved, msPerPassage }: FreshnessOptions): Promise<number[]> {
  const supply = benchSupply({
    dimension,
    vectorOf: (text) => vectorOf(text, dimension),
    embedding: (texts) => new Promise((resolve) => setTimeout(resolve, texts.length * msPerPassage)),
  });
  const library = createLibrary({ models: () => supply, demoUrl: '/none' });
  await library.open();
  await until(async () => (await library.status()).model.state === 'ready');
  if (ahead > 0) await library.importFiles(Array.from({ length: ahead }, bulkPost), { source: 'bulk' });
  const times: number[] = [];
  for (let n = 0; n < saved; n++) {
    const { waiting } = (await library.status()).queue;
    if (ahead > 0 && waiting < ahead / 2) throw new Error(`Only ${waiting} posts wait still: more must be ahead.`);
    const started = performance.now();
    const { added } = await library.importFiles([singlePost(n)], { source: 'single' });
    await until(async () => isFound(library, n, added[0] ?? ''));
    times.push(performance.now() - started);
    // Somewhere in the midst of another call of the model.
    await new Promise((resolve) => setTimeout(resolve, 7 * n));
  }
  await library.close();
  return times;
}

/** All of its passages have vectors that are compared. */
async function isFound(library: LibraryApi, n: number, id: string): Promise<boolean> {
  const posts = await library.listPosts({ search: '', sort: 'source', descending: true });
  const post = posts.find((one) => one.id === id);
  if (post === undefined) throw new Error(`Single post ${n} is not in the library.`);
  return post.passages > 0 && post.embedded === post.passages;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 1));
}

const bulkPost = (_: unknown, n: number): ImportFile => markdown(`bulk/${n}.md`, `Bulk ${n}`, `2024-06-01`, n);
/** Older than every other post: no date brings it forward. */
const singlePost = (n: number): ImportFile => markdown(`single/${n}.md`, `Single ${n}`, `2001-01-01`, 1_000_000 + n);

function markdown(path: string, title: string, date: string, seed: number): ImportFile {
  const random = randomOf(seed);
  const words = Array.from({ length: 180 }, () => `w${Math.floor(20_000 ** random()).toString(36)}`);
  return { path, blob: new Blob([`---\ntitle: ${title}\ndate: ${date}\n---\n\n${words.join(' ')}\n`]) };
}

function vectorOf(text: string, dimension: number): Float32Array {
  const random = randomOf(textHash(text) % 2 ** 31);
  const vector = Float32Array.from({ length: dimension }, () => random() - 0.5);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
