// A library whose disk has lost some of what it stored: the rest answers, and what was lost is made again.
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { fakeEmbedder } from '../../testing/fakeEmbedder.ts';
import { fakeModel } from '../../testing/fakeModel.ts';
import { complete, file, markdownPost, query, statusWhen, useLibraries } from '../../testing/libraryHarness.ts';
import type { SuggestionSet } from '../suggestion.ts';
import { openDatabase } from '../store/openDatabase.ts';

const libraries = useLibraries();
const POSTS = 700;
const wordsOf = (n: number): string => `Again gull${n} on pile${n}, near buoy${n} in wind${n}.`;
const files = Array.from({ length: POSTS }, (_, n) =>
  file(
    `p${n}.md`,
    markdownPost(`Gull${n} lands`, `The gull${n} sits on pile${n} near buoy${n}. Wind${n} lifts gull${n}.`),
  ),
);

/** A library with every post embedded, closed. */
async function filled(): Promise<void> {
  const library = libraries.open(fakeModel(fakeEmbedder()));
  await library.importFiles(files, { source: 'blog' });
  await statusWhen(library, complete);
  await libraries.close(library);
}

describe('a library with a damaged block', () => {
  it('of vectors answers with the others, and embeds again what the block held', async () => {
    await filled();
    const { database } = await openDatabase({ name: libraries.database() });
    const [first, ...others] = await database.getAll('vectors');
    if (first === undefined) throw new Error('Nothing was stored.');
    const lost = first.ids.length;
    expect(others.length).toBeGreaterThan(0);
    first.codes[99] = (first.codes[99] ?? 0) ^ 64;
    await database.put('vectors', first);
    database.close();

    const embedder = fakeEmbedder();
    const answers: Promise<SuggestionSet>[] = [];
    embedder.before = (_texts, lane) => {
      if (lane === 'queue' && answers.length === 0)
        answers.push(library.suggest(query('Gull20 lands', wordsOf(20), { amount: 'more' })));
    };
    const library = libraries.open(fakeModel(embedder));
    const status = await statusWhen(library, complete);
    expect(status).toMatchObject({ posts: POSTS, embeddedThisSession: lost });
    const [answer] = await Promise.all(answers);
    expect(answer).toMatchObject({ basis: 'words-and-meaning', draft: [{ title: 'Gull20 lands' }] });
    await libraries.close(library);
    const again = fakeEmbedder();
    expect(await statusWhen(libraries.open(fakeModel(again)), complete)).toMatchObject({ vectors: status.passages });
    expect(again.embedded.queue).toEqual([]);
  });

  it('of digests finds every post by its words all the same', async () => {
    await filled();
    const { database } = await openDatabase({ name: libraries.database() });
    const [first] = await database.getAll('digests');
    if (first === undefined) throw new Error('Nothing was stored.');
    first.bytes[300] = (first.bytes[300] ?? 0) ^ 1;
    await database.put('digests', first);
    database.close();

    const library = libraries.open(fakeModel());
    expect((await library.open()).posts).toBe(POSTS);
    for (const n of [0, 100, 350, 699]) {
      const { draft } = await library.suggest(query(`Gull${n}`, wordsOf(n), { amount: 'more' }));
      expect(draft[0]?.title).toBe(`Gull${n} lands`);
    }
  });
});
