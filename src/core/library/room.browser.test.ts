// What a library takes of a real disk, and what it gives back: the estimate before an import against what Chromium counts after it.
import { deleteDB } from 'idb';
import { expect, it } from 'vitest';
import { fakeEmbedder } from '../../testing/fakeEmbedder.ts';
import { fakeModel, fakeSupply } from '../../testing/fakeModel.ts';
import { createLibrary } from '../library.ts';
import type { ImportFile, LibraryApi } from '../libraryApi.ts';
import { openStore } from '../store/openStore.ts';

const NAME = 'room';
const WORDS_PER_POST = 400;
const HOUR = 3_600_000;
const MB = 1_000_000;

/** Words as rare as those of a language are, and every third post with a sign beyond Latin-1, as quotation marks are. */
function textOf(n: number): string {
  const words: string[] = [];
  for (let at = 0; at < WORDS_PER_POST; at++) {
    const draw = Math.abs(Math.sin(n * 977 + at * 131)) ** 3;
    words.push(`w${Math.floor(draw * 8000).toString(36)}${'aeiou'[at % 5] ?? ''}n`);
    if (at % 15 === 14) words.push('and.');
  }
  const text = words.join(' ');
  return n % 3 === 0 ? `“${text}”` : text;
}

const filesFrom = (from: number, to: number): ImportFile[] =>
  Array.from({ length: to - from }, (_, n) => ({
    path: `blog/p${from + n}.md`,
    blob: new Blob([`---\ntitle: Post ${from + n}\ndate: 2024-01-01\n---\n\n${textOf(from + n)}\n`]),
  }));

function open(now = (): number => Date.now()): LibraryApi {
  return createLibrary({
    models: () => fakeSupply(() => fakeModel(fakeEmbedder())),
    demoUrl: '/demo/demo.json',
    openStore: (options) => openStore({ ...options, name: NAME }),
    now,
  });
}

async function atRest(library: LibraryApi): Promise<void> {
  await expect
    .poll(
      async () => {
        const { queue, vectors, passages, model } = await library.status();
        return model.state === 'ready' && queue.waiting === 0 && queue.state === 'idle' && vectors === passages;
      },
      { timeout: 90_000, interval: 200 },
    )
    .toBe(true);
}

/** Of all databases, once it stays the same. */
async function taken(): Promise<number> {
  let last = -1;
  for (;;) {
    const { usageDetails } = (await navigator.storage.estimate()) as { usageDetails?: { indexedDB?: number } };
    const now = usageDetails?.indexedDB ?? 0;
    if (now === last) return now;
    last = now;
    await new Promise((resolve) => setTimeout(resolve, 1500));
  }
}

it('is estimated before an import, not below what it takes and not far above, and comes back after a deletion', async () => {
  await deleteDB(NAME);
  const empty = await taken();
  const library = open();
  const first = filesFrom(0, 1500);
  const guessed = await library.roomFor(first);
  expect(guessed).toMatchObject({ fits: true });
  await library.importFiles(first, { source: 'blog' });
  await atRest(library);
  const grown = (await taken()) - empty;
  const second = filesFrom(1500, 2250);
  const told = await library.roomFor(second);
  await library.importFiles(second, { source: 'blog' });
  await atRest(library);
  const grownMore = (await taken()) - empty - grown;
  const full = await taken();

  await library.clearPosts();
  await library.close();
  // What was deleted can be put back for an hour.
  const later = open(() => Date.now() + 2 * HOUR);
  await later.open();
  await atRest(later);
  await later.close();
  const left = await taken();
  const mb = (bytes: number): string => (bytes / MB).toFixed(1);
  console.info(
    `estimated ${mb(guessed.needsBytes)} MB, took ${mb(grown)}; with the library's own rates ${mb(told.needsBytes)}, took ` +
      `${mb(grownMore)}; full ${mb(full - empty)}, after all was deleted ${mb(left - empty)}`,
  );
  expect(guessed.needsBytes).toBeGreaterThan(grown);
  expect(guessed.needsBytes).toBeLessThan(4 * grown);
  expect(told.needsBytes).toBeGreaterThan(0.7 * grownMore);
  expect(told.needsBytes).toBeLessThan(4 * grownMore);
  expect(left - empty).toBeLessThan(0.5 * (full - empty));
  await deleteDB(NAME);
}, 300_000);
