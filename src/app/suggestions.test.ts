import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { anyPost, draftId, KindredError, postId } from '../core/index.ts';
import type { Draft, DraftQuery, LibraryApi, Suggestion, SuggestionSet } from '../core/index.ts';
import { makeSuggestion } from '../testing/makeSuggestion.ts';
import { memoryStorage } from '../testing/memoryStorage.ts';
import { LEAVE_MS } from './dismissals.ts';
import { createDrafts } from './drafts.ts';
import { createUnsavedDrafts } from './unsavedDrafts.ts';
import { createPreferences } from './preferences.ts';
import { ASK_PAUSE_MS } from './askPause.ts';
import { createSuggestions, POINTER_REST_MS } from './suggestions.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

const ids = (list: readonly Suggestion[]): string[] => list.map(({ post }) => post);
const answer = (draft: Suggestion[], paragraph: Suggestion[] = []): SuggestionSet => ({
  draft,
  paragraph,
  basis: 'words',
  tookMs: 1,
  embeddingMs: 0,
});

async function setUp(first: SuggestionSet, body = 'One paragraph.\n\nAnother paragraph.') {
  const draft: Draft = { id: draftId('d'), title: 'Title', body, createdAt: 1, updatedAt: 1 };
  const asked: DraftQuery[] = [];
  const next = { answer: () => Promise.resolve(first) };
  const library: Pick<LibraryApi, 'suggest' | 'listDrafts' | 'saveDraft' | 'removeDraft'> = {
    suggest: (query) => {
      asked.push(query);
      return next.answer();
    },
    listDrafts: async () => [draft],
    saveDraft: async () => null,
    removeDraft: async () => undefined,
  };
  const preferences = createPreferences(memoryStorage());
  const now = (): number => Date.now();
  const kept = createUnsavedDrafts(null);
  const drafts = createDrafts({ library, preferences, kept, now, newId: () => 'new' });
  const suggestions = createSuggestions({ library, drafts, preferences, now });
  await drafts.load();
  await vi.advanceTimersByTimeAsync(0);
  const type = async (text: string): Promise<void> => {
    drafts.edit({ body: text });
    await vi.advanceTimersByTimeAsync(ASK_PAUSE_MS.most);
  };
  const reply = (set: SuggestionSet): void => {
    next.answer = () => Promise.resolve(set);
  };
  return { suggestions, drafts, preferences, asked, next, type, reply };
}

const three = answer([makeSuggestion('a', 0.9), makeSuggestion('b', 0.6), makeSuggestion('c', 0.3)]);

describe('asking', () => {
  test('happens for a draft as soon as it is open', async () => {
    const { suggestions, asked } = await setUp(three);
    expect(asked).toHaveLength(1);
    expect(ids(suggestions.getState().draft)).toEqual(['a', 'b', 'c']);
  });

  test('waits for a pause in typing', async () => {
    const { drafts, asked } = await setUp(three);
    for (const body of ['a', 'ab', 'abc']) drafts.edit({ body });
    await vi.advanceTimersByTimeAsync(ASK_PAUSE_MS.most);
    expect(asked.map(({ body }) => body).slice(1)).toEqual(['abc']);
  });

  test('happens again when the caret comes to another paragraph, not within one', async () => {
    const { suggestions, asked } = await setUp(three);
    suggestions.setCaret(3);
    await vi.advanceTimersByTimeAsync(ASK_PAUSE_MS.most);
    suggestions.setCaret(5);
    await vi.advanceTimersByTimeAsync(ASK_PAUSE_MS.most);
    expect(asked).toHaveLength(2);
    suggestions.setCaret(20);
    await vi.advanceTimersByTimeAsync(ASK_PAUSE_MS.most);
    expect(asked.map(({ caret }) => caret)).toEqual([null, 3, 20]);
  });

  test('takes the newest answer, whichever comes first', async () => {
    const { suggestions, drafts, next } = await setUp(three);
    let answerSlowly: (set: SuggestionSet) => void = () => undefined;
    next.answer = () => new Promise((resolve) => (answerSlowly = resolve));
    drafts.edit({ body: 'old' });
    await vi.advanceTimersByTimeAsync(ASK_PAUSE_MS.most);
    next.answer = () => Promise.resolve(answer([makeSuggestion('new')]));
    drafts.edit({ body: 'new' });
    await vi.advanceTimersByTimeAsync(ASK_PAUSE_MS.most);
    answerSlowly(answer([makeSuggestion('old')]));
    await vi.advanceTimersByTimeAsync(0);
    expect(ids(suggestions.getState().draft)).toEqual(['new']);
  });

  test('does not happen for an empty draft', async () => {
    const { suggestions, drafts, asked } = await setUp(three);
    drafts.create();
    await vi.advanceTimersByTimeAsync(ASK_PAUSE_MS.most);
    expect(suggestions.getState()).toMatchObject({ state: 'empty-draft', draft: [] });
    expect(asked).toHaveLength(1);
  });

  test('that fails keeps what is shown and says why', async () => {
    const { suggestions, next, type } = await setUp(three);
    next.answer = () => Promise.reject(new KindredError('worker-crashed', 'The library stopped.'));
    await type('more');
    expect(suggestions.getState()).toMatchObject({ state: 'failed', error: { code: 'worker-crashed' } });
    expect(ids(suggestions.getState().draft)).toEqual(['a', 'b', 'c']);
  });
});

describe('while it is read', () => {
  const turned = answer([makeSuggestion('c', 0.95), makeSuggestion('d', 0.5)]);

  test('nothing moves under the pointer; the answer is taken when it leaves', async () => {
    const { suggestions, reply, type } = await setUp(three);
    suggestions.hold('pointer', true);
    reply(turned);
    await type('more');
    expect(ids(suggestions.getState().draft)).toEqual(['a', 'b', 'c', 'd']);
    suggestions.hold('pointer', false);
    expect(ids(suggestions.getState().draft)).toEqual(['c', 'd']);
  });

  test('a pointer left lying there does not stop the list for an author who types', async () => {
    const { suggestions, reply, type } = await setUp(three);
    suggestions.hold('pointer', true);
    await vi.advanceTimersByTimeAsync(POINTER_REST_MS + 1);
    reply(turned);
    await type('more');
    expect(ids(suggestions.getState().draft)).toEqual(['c', 'd']);
  });

  test('a post for the paragraph is not repeated when it is held for the draft', async () => {
    const { suggestions, reply, type } = await setUp(three);
    suggestions.hold('focus', true);
    reply(answer([makeSuggestion('b', 0.9)], [makeSuggestion('a', 0.8), makeSuggestion('p', 0.5)]));
    await type('more');
    expect(ids(suggestions.getState().draft)).toEqual(['a', 'b', 'c']);
    expect(ids(suggestions.getState().paragraph)).toEqual(['p']);
  });
});

describe('going through with the keys', () => {
  test('goes round both lists and holds them still', async () => {
    const { suggestions } = await setUp(answer([makeSuggestion('a')], [makeSuggestion('p')]));
    expect(suggestions.move(1)?.post).toBe('a');
    expect(suggestions.move(1)?.post).toBe('p');
    expect(suggestions.move(1)?.post).toBe('a');
    expect(suggestions.move(-1)?.post).toBe('p');
  });

  test('begins at the end when going up', async () => {
    const { suggestions } = await setUp(three);
    expect(suggestions.move(-1)?.post).toBe('c');
  });

  test('reaches nothing in an empty list', async () => {
    const { suggestions } = await setUp(answer([]));
    expect(suggestions.move(1)).toBeNull();
  });
});

describe('dismissing', () => {
  test('keeps the place for a while, then closes it, and remembers', async () => {
    const { suggestions, preferences, type } = await setUp(three);
    suggestions.dismiss(postId('b'));
    expect(suggestions.getState()).toMatchObject({ leaving: ['b'] });
    expect(ids(suggestions.getState().draft)).toEqual(['a', 'b', 'c']);
    await vi.advanceTimersByTimeAsync(LEAVE_MS);
    expect(ids(suggestions.getState().draft)).toEqual(['a', 'c']);
    await type('more');
    expect(ids(suggestions.getState().draft)).toEqual(['a', 'c']);
    expect(preferences.getState().dismissed).toEqual({ d: ['b'] });
  });

  test('waits for the reader before the place closes', async () => {
    const { suggestions } = await setUp(three);
    suggestions.dismiss(postId('b'));
    suggestions.hold('focus', true);
    await vi.advanceTimersByTimeAsync(LEAVE_MS * 2);
    expect(ids(suggestions.getState().draft)).toContain('b');
    suggestions.hold('focus', false);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(ids(suggestions.getState().draft)).toEqual(['a', 'c']);
  });

  test('is undone in its place, and all at once later', async () => {
    const { suggestions, preferences } = await setUp(three);
    suggestions.dismiss(postId('b'));
    suggestions.undoDismiss(postId('b'));
    expect(suggestions.getState().leaving).toEqual([]);
    expect(preferences.getState().dismissed).toEqual({ d: [] });
    suggestions.dismiss(postId('a'));
    await vi.advanceTimersByTimeAsync(LEAVE_MS);
    suggestions.bringBack();
    expect(ids(suggestions.getState().draft)).toEqual(['a', 'b', 'c']);
  });

  test('of the one reached by the keys goes on to the next', async () => {
    const { suggestions } = await setUp(three);
    suggestions.move(1);
    suggestions.dismiss(postId('a'));
    expect(suggestions.active()?.post).toBe('b');
  });
});

describe('choosing what is shown', () => {
  test('asks again at once, with what was chosen, and tells what is shown then', async () => {
    const { suggestions, asked, reply, preferences } = await setUp(three);
    expect(asked[0]).toMatchObject({ amount: 'usual', only: anyPost });
    reply(answer([makeSuggestion('a', 0.9)]));
    const shown = await suggestions.choose({ amount: 'fewer' });
    expect(ids(shown.draft)).toEqual(['a']);
    expect(preferences.getState().amount).toBe('fewer');
    await suggestions.choose({ only: { kind: 'video' } });
    await suggestions.choose({ only: { since: 2024 } });
    expect(asked.at(-1)).toMatchObject({ amount: 'fewer', only: { ...anyPost, kind: 'video', since: 2024 } });
    expect(suggestions.getState().only).toEqual({ ...anyPost, kind: 'video', since: 2024 });
  });

  test('is no surprise: the list follows even while it is being read', async () => {
    const { suggestions, reply } = await setUp(three);
    suggestions.hold('focus', true);
    reply(answer([makeSuggestion('c', 0.9)]));
    await suggestions.choose({ amount: 'fewer' });
    expect(ids(suggestions.getState().draft)).toEqual(['c']);
  });

  test('stays chosen for the next draft', async () => {
    const { suggestions, drafts, asked } = await setUp(three);
    await suggestions.choose({ only: { tag: 'sea' } });
    drafts.create();
    drafts.edit({ body: 'Another draft.' });
    await vi.advanceTimersByTimeAsync(ASK_PAUSE_MS.most);
    expect(asked.at(-1)).toMatchObject({ body: 'Another draft.', only: { tag: 'sea' } });
  });
});
