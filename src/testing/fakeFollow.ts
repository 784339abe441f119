// The calls of following as the page sees them, over a library in memory: a feed that is followed was looked at, and brings nothing.
import type { FollowApi, Followed, LookState } from '../core/index.ts';

const look: LookState = {
  looking: false,
  progress: null,
  lookedAt: null,
  found: null,
  problem: null,
  nextAt: null,
  issues: [],
};

export function fakeFollow(now: () => number, start: Partial<Followed> = {}): FollowApi {
  const followed: Followed = { server: null, whileOpen: true, feeds: [], folders: [], ...start };
  return {
    followed: async () => structuredClone(followed),
    askFeedServer: async () => (followed.server = 'on'),
    followFeeds: async (addresses) => {
      const fresh = addresses.map((address) => ({
        ...look,
        id: address,
        address,
        title: '',
        posts: 0,
        lookedAt: now(),
      }));
      followed.feeds.push(...fresh);
    },
    feedsListed: () => Promise.resolve([]),
    followFolder: () => Promise.resolve(),
    lookAt: () => Promise.resolve(),
    unfollow: async (id) => {
      const gone = followed.feeds.find((feed) => feed.id === id);
      followed.feeds = followed.feeds.filter((feed) => feed.id !== id);
      return gone === undefined ? null : { deleted: 0, undo: gone };
    },
    followAgain: async ({ undo }) => void followed.feeds.push(undo as Followed['feeds'][number]),
    settleMissing: () => Promise.resolve(),
    restoreMissing: () => Promise.resolve(),
    setWhileOpen: async (whileOpen) => {
      followed.whileOpen = whileOpen;
    },
  };
}
