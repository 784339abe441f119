// Posts for tests: small, valid, and as given.
import { postId, type Post } from '../core/index.ts';

export function makePost(id: string, text: string, more: Partial<Post> = {}): Post {
  const blocks: Post['blocks'] = [];
  let at = 0;
  for (const part of text.split('\n\n')) {
    blocks.push({ kind: 'paragraph', start: at, end: at + part.length });
    at += part.length + 2;
  }
  return {
    id: postId(id),
    kind: 'post',
    title: `Title of ${id}`,
    summary: '',
    date: null,
    url: null,
    authors: [],
    tags: [],
    series: null,
    source: 'test',
    durationS: null,
    text,
    blocks,
    links: [],
    ...more,
  };
}
