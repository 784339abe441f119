// The store of what is followed, for the parts of its panel.
import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { FollowState, FollowStore } from '../../app/followStore.ts';

export const FollowContext = createContext<FollowStore | null>(null);

export function useFollow(): FollowStore {
  const store = use(FollowContext);
  if (store === null) throw new Error('useFollow needs a FollowContext above it.');
  return store;
}

export const useFollowState = (): FollowState => useStore(useFollow());
