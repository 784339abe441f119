// What the crash test asks for must be found in any library that has it, however much its posts are alike.
import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { fakeEmbedder } from '../../src/testing/fakeEmbedder.ts';
import { fakeModel } from '../../src/testing/fakeModel.ts';
import { complete, file, query, statusWhen, useLibraries } from '../../src/testing/libraryHarness.ts';
import { draftOf, fileOf, SOURCE, titleOf } from './posts.ts';

const libraries = useLibraries();
const POSTS = 160;

it('finds every post of a library of the crash test by its own words', async () => {
  const library = libraries.open(fakeModel(fakeEmbedder()));
  const posts = Array.from({ length: POSTS }, (_, index) => ({ n: 86_000 + index, version: 1 + (index % 3) }));
  const files = posts.map(fileOf).map(({ path, text }) => file(path, text));
  await library.importFiles(files, { source: SOURCE });
  await statusWhen(library, complete);
  const missing: string[] = [];
  for (const post of posts) {
    const { title, body } = draftOf(post);
    const { draft } = await library.suggest(query(title, body, { amount: 'more' }));
    if (!draft.some((suggestion) => suggestion.title === titleOf(post))) missing.push(titleOf(post));
  }
  expect(missing).toEqual([]);
}, 120_000);
