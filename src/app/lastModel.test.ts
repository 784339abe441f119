import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { fakeStatus } from '../testing/fakeStatus.ts';
import { memoryStorage } from '../testing/memoryStorage.ts';
import { lastModel, rememberModel } from './lastModel.ts';
import type { StatusState, StatusStore } from './status.ts';

const status = (scene: 'ready' | 'model-loading'): StatusState => ({
  state: 'open',
  status: fakeStatus(scene, { posts: 3, embedded: 3, msPerPost: 1 }),
});

test('a model that is ready is remembered with where it runs, one that is on its way is not', () => {
  const storage = memoryStorage();
  const store = createStore<StatusState>(() => ({ state: 'opening' })) as unknown as StatusStore;
  const end = rememberModel(store, storage);
  expect(lastModel(storage)).toBeNull();
  store.setState(status('model-loading'), true);
  expect(lastModel(storage)).toBeNull();
  store.setState(status('ready'), true);
  expect(lastModel(storage)).toEqual({ id: 'kindred-post-1-quick', provider: 'wasm' });
  end();
});

test('what is not as it was written is nothing', () => {
  const storage = memoryStorage();
  storage.setItem('kindred.model', 'abacus kindred-post-1-quick');
  expect(lastModel(storage)).toBeNull();
  storage.setItem('kindred.model', 'wasm');
  expect(lastModel(storage)).toBeNull();
});
