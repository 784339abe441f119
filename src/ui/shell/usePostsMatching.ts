// The first posts that hold the words typed so far.
import { useEffect, useState } from 'react';
import { useServices } from '../../app/hooks.ts';
import type { PostSummary } from '../../core/index.ts';

const MOST_POSTS = 8;
const ASK_PAUSE_MS = 80;

/** None for an empty field. The last answer stays until the next is there. */
export function usePostsMatching(typed: string): PostSummary[] {
  const { library } = useServices();
  const [found, setFound] = useState<PostSummary[]>([]);
  const search = typed.trim();
  useEffect(() => {
    if (search === '') return;
    let current = true;
    const timer = setTimeout(() => {
      library.listPosts({ search, sort: 'date', descending: true }).then(
        (posts) => {
          if (current) setFound(titlesFirst(posts, search).slice(0, MOST_POSTS));
        },
        // The view behind says what is wrong with the library; commands still work.
        () => undefined,
      );
    }, ASK_PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [library, search]);
  return search === '' ? [] : found;
}

/** Whoever types a title looks for that post; within each kind the newest comes first. */
function titlesFirst(posts: PostSummary[], search: string): PostSummary[] {
  const words = search.toLowerCase().split(/\s+/);
  const titled = (post: PostSummary): boolean => words.every((word) => post.title.toLowerCase().includes(word));
  return [...posts.filter(titled), ...posts.filter((post) => !titled(post))];
}
