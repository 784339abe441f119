import { expect, test } from 'vitest';
import { draftId, postId } from '../core/index.ts';
import { memoryStorage } from '../testing/memoryStorage.ts';
import { createPreferences, defaultPreferences } from './preferences.ts';

test('are found again after a reload', () => {
  const storage = memoryStorage();
  const before = createPreferences(storage);
  before.setState({ theme: 'dark', amount: 'fewer', dismissed: { [draftId('d')]: [postId('p')] } });
  before.setCaret(draftId('d'), { anchor: 3, head: 5, focused: true });
  expect(createPreferences(storage).getState()).toEqual(before.getState());
});

test.each([
  ['no JSON', '{'],
  ['another shape', '[1]'],
  ['wrong values', '{"theme":3,"amount":"all","carets":{"d":{"anchor":"x"}},"dismissed":{"d":[1]},"openDraft":9}'],
])('%s in storage is ignored', (_name, stored) => {
  expect(createPreferences(memoryStorage({ 'kindred.preferences': stored })).getState()).toEqual(defaultPreferences);
});

test('last for the page where the browser stores nothing', () => {
  const preferences = createPreferences({
    getItem: () => null,
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
  });
  preferences.setState({ theme: 'light' });
  expect(preferences.getState().theme).toBe('light');
});

test('forget a draft that is gone', () => {
  const preferences = createPreferences(null);
  const [gone, kept] = [draftId('gone'), draftId('kept')];
  preferences.setState({ dismissed: { [gone]: [], [kept]: [] } });
  preferences.setCaret(gone, { anchor: 0, head: 0, focused: false });
  preferences.keepDrafts([kept]);
  expect(preferences.getState()).toMatchObject({ carets: {}, dismissed: { kept: [] } });
});

test('takes over what another tab has written, except the draft that is open there', () => {
  const storage = memoryStorage();
  const [one, two] = [createPreferences(storage), createPreferences(storage)];
  two.setState({ openDraft: draftId('of two') });
  one.setState({ theme: 'dark', openDraft: draftId('of one') });
  two.reload();
  expect(two.getState()).toMatchObject({ theme: 'dark', openDraft: 'of two' });
  two.setState({ contrast: 'more' });
  one.reload();
  expect(one.getState()).toMatchObject({ theme: 'dark', contrast: 'more', openDraft: 'of one' });
});
