// How views read the stores: the only file of app/ that knows React.
import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { Draft, LibraryStatus } from '../core/index.ts';
import type { BackupState } from './backupStore.ts';
import type { CompetingState } from './competing.ts';
import { openDraft, type DraftsState } from './drafts.ts';
import type { ImportState } from './importStore.ts';
import type { Keeping } from './keeping.ts';
import type { Notice } from './notices.ts';
import type { OfflineState } from './offline.ts';
import type { PostsState } from './postsStore.ts';
import type { Preferences } from './preferences.ts';
import type { ReaderState } from './reader.ts';
import type { Requests } from './requestLog.ts';
import type { RouteState } from './route.ts';
import type { Services } from './services.ts';
import type { StatusState } from './status.ts';
import type { SuggestionsState } from './suggestions.ts';

export const ServicesContext = createContext<Services | null>(null);

/** The services of the page; their methods can be called, their state is read with the hooks below. */
export function useServices(): Services {
  const services = use(ServicesContext);
  if (services === null) throw new Error('useServices needs a ServicesContext above it.');
  return services;
}

export const useRoute = (): RouteState => useStore(useServices().route);
export const useStatusState = (): StatusState => useStore(useServices().status);
export const useImports = (): ImportState => useStore(useServices().imports);
export const usePosts = <Slice>(select: (state: PostsState) => Slice): Slice => useStore(useServices().posts, select);
export const useCompeting = (): CompetingState => useStore(useServices().competing);
export const useBackup = (): BackupState => useStore(useServices().backup);
export const useKeeping = (): Keeping => useStore(useServices().keeping);
export const useReader = (): ReaderState => useStore(useServices().reader);
export const useOffline = (): OfflineState => useStore(useServices().offline);
export const useRequests = (): Requests => useStore(useServices().requests);
export const useNotices = (): Notice[] => useStore(useServices().notices);
export const useAnnouncement = (): { text: string; count: number } => useStore(useServices().announcer);

/** The library's status, or null until it is open. */
export const useLibraryStatus = (): LibraryStatus | null =>
  useStore(useServices().status, (state) => (state.state === 'open' ? state.status : null));

/** `select` must return the same object for the same state. */
export const usePreferences = <Slice>(select: (preferences: Preferences) => Slice): Slice =>
  useStore(useServices().preferences, select);

export const useDrafts = <Slice>(select: (state: DraftsState) => Slice): Slice =>
  useStore(useServices().drafts, select);

export const useSuggestions = <Slice>(select: (state: SuggestionsState) => Slice): Slice =>
  useStore(useServices().suggestions, select);

/** The open draft, or null while drafts are read. */
export const useOpenDraft = (): Draft | null => useDrafts(openDraft);
