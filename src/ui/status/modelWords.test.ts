// Why a model was chosen and what another one costs, in words.
import { describe, expect, test } from 'vitest';
import type { ModelChoice, ModelOption, SizeMeasurement } from '../../core/index.ts';
import * as words from './modelWords.ts';

/** A number and its unit are held together by a space that does not break. */
const plain = (said: string | null): string | null => said?.replaceAll('\u00a0', ' ') ?? null;
const reason = (choice: ModelChoice): string | null => plain(words.reason(choice));
const expectation = (option: ModelOption, posts: number): string | null => plain(words.expectation(option, posts));
const { sizeNote } = words;

const measured: SizeMeasurement = {
  device: 'wasm int8 ×2',
  model: 'quick',
  tokensPerSecond: 3_000,
  tokensPerPost: 600,
  posts: 500,
  msPerPost: 200,
  ms: 100_000,
  thoroughMs: 200_000,
  limitMs: 120_000,
};
const option: ModelOption = {
  id: 'thorough',
  name: 'Kindred Post 1',
  size: 'thorough',
  bytes: 33_400_000,
  kept: false,
  keptBytes: 0,
  dimension: 128,
  msPerPost: 400,
};

describe('the reason for a model', () => {
  test('is the time that was measured, and that the thorough one would take too long', () => {
    expect(reason({ model: 'quick', by: 'rate', measured })).toBe(
      'About 0.2 s a post on this device: 500 posts in 100 s. The thorough one would take 3.5 min; a new library should be ready in 2 min.',
    );
  });

  test('is that there is time for the thorough one', () => {
    const fast = { ...measured, msPerPost: 60, ms: 30_000, thoroughMs: 30_000 };
    expect(reason({ model: 'thorough', by: 'rate', measured: fast })).toBe(
      'About 0.06 s a post on this device: 500 posts in 30 s. That leaves time for the thorough one.',
    );
  });

  test('is that there is no other, with the time where it was measured', () => {
    expect(reason({ model: 'base', by: 'only', measured: null })).toBe('There is no other here.');
    expect(reason({ model: 'base', by: 'only', measured: { ...measured, thoroughMs: null } })).toBe(
      'There is no other here. About 0.2 s a post on this device: 500 posts in 100 s.',
    );
  });

  test('is the author, or the library itself', () => {
    expect(reason({ model: 'base', by: 'person', measured })).toBe('By you.');
    expect(reason({ model: 'base', by: 'library', measured: null })).toBe('Your posts were read with it already.');
  });
});

describe('what a model costs', () => {
  test('is its files and the time for the posts at hand', () => {
    expect(sizeNote(option)).toBe('33.4 MB to fetch');
    expect(sizeNote({ ...option, kept: true })).toBe('33.4 MB, in this browser already');
    expect(expectation(option, 104)).toBe('about 45 s for your 104 posts');
  });

  test('is not guessed', () => {
    expect(sizeNote({ ...option, bytes: null })).toBeNull();
    expect(expectation({ ...option, msPerPost: null }, 104)).toBeNull();
    expect(expectation(option, 0)).toBeNull();
  });
});
