import { expect, test } from 'vitest';
import { KindredError, type LibraryApi, type Post, type Span } from '../core/index.ts';
import { makePost } from '../testing/makePost.ts';
import { createReader } from './reader.ts';

const passage = { start: 0, end: 9, startS: null };
const posts = new Map<string, Post>([
  ['a', makePost('a', 'One. Two.')],
  ['b', makePost('b', 'Three. Four.')],
]);

function library(closestPart: LibraryApi['closestPart']): LibraryApi {
  return { getPost: (id: string) => Promise.resolve(posts.get(id) ?? null), closestPart } as unknown as LibraryApi;
}

const found = (span: Span | null) => library(() => Promise.resolve(span));
const open = (id: string) => posts.get(id)!.id;

test('shows a post at once and its closest sentence when that is known, at the same place', async () => {
  const reader = createReader(found([5, 9]));
  const seen: unknown[] = [];
  reader.subscribe((state) => seen.push(state.state === 'open' ? { closest: state.closest, at: state.passage } : null));
  await reader.open(open('a'), 'A', passage, 'two');
  expect(seen.slice(-2)).toEqual([
    { closest: null, at: passage },
    { closest: [5, 9], at: passage },
  ]);
  const [before, after] = seen.slice(-2) as { at: object }[];
  expect(after?.at).toBe(before?.at);
});

test('asks for no sentence where there is no passage of the text, or nothing to compare with', async () => {
  const reader = createReader(library(() => Promise.reject(new Error('asked'))));
  await reader.open(open('a'), 'A', { start: 0, end: 0, startS: null }, 'title');
  await reader.open(open('a'), 'A', passage);
  await reader.open(open('a'), 'A');
  expect(reader.getState()).toMatchObject({ state: 'open', passage: null, closest: null });
});

test('a post stays open when its closest sentence can not be told', async () => {
  const reader = createReader(library(() => Promise.reject(new KindredError('disposed', 'closed'))));
  await reader.open(open('a'), 'A', passage, 'two');
  expect(reader.getState()).toMatchObject({ state: 'open', id: 'a', closest: null });
});

test('forgets what it asked for one post when another is opened, or the reader is closed', async () => {
  const answers: ((span: Span) => void)[] = [];
  const aborted: boolean[] = [];
  const reader = createReader(
    library((_question, { signal } = {}) => {
      const at = aborted.push(false) - 1;
      signal?.addEventListener('abort', () => (aborted[at] = true));
      return new Promise((resolve) => answers.push(resolve));
    }),
  );
  const first = reader.open(open('a'), 'A', passage, 'two');
  await Promise.resolve();
  await Promise.resolve();
  const second = reader.open(open('b'), 'B', passage, 'four');
  await Promise.resolve();
  await Promise.resolve();
  answers[0]?.([0, 4]);
  await first;
  expect(reader.getState()).toMatchObject({ id: 'b', closest: null });
  reader.close();
  answers[1]?.([0, 4]);
  await second;
  expect(reader.getState()).toEqual({ state: 'closed' });
  expect(aborted).toEqual([true, true]);
});

test('opening the same passage again is told to whoever shows it', async () => {
  const reader = createReader(found(null));
  await reader.open(open('a'), 'A', passage, 'two');
  const before = reader.getState();
  await reader.open(open('a'), 'A', passage, 'two');
  const after = reader.getState();
  expect(before.state === 'open' && after.state === 'open' && before.passage !== after.passage).toBe(true);
});
