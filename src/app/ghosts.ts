// Where a deleted post stays visible, struck out, so that it can be put back at the place where it stood.
import type { PostId, PostSummary } from '../core/index.ts';

export interface Ghost {
  /** Removal to restore. */
  removal: string;
  post: PostSummary;
  /** The post above it when it was deleted, null at the top. */
  after: PostId | null;
}

export type Row = { kind: 'post'; post: PostSummary } | { kind: 'ghost'; ghost: Ghost };

export const postOf = (row: Row): PostSummary => (row.kind === 'post' ? row.post : row.ghost.post);
export const rowId = (row: Row): PostId => postOf(row).id;

/** Posts with the ghosts among them, each below the post that it stood below; a ghost whose neighbour went is at the top. */
export function placeGhosts(posts: readonly PostSummary[], ghosts: readonly Ghost[]): Row[] {
  const below = new Map<PostId | null, Ghost[]>();
  const present = new Set<PostId | null>(posts.map((post) => post.id));
  const ghostIds = new Set<PostId | null>(ghosts.map((ghost) => ghost.post.id));
  for (const ghost of ghosts) {
    const anchor = present.has(ghost.after) || ghostIds.has(ghost.after) ? ghost.after : null;
    below.set(anchor, [...(below.get(anchor) ?? []), ghost]);
  }
  const rows: Row[] = [];
  const placed = new Set<string>();
  function placeBelow(id: PostId | null): void {
    for (const ghost of below.get(id) ?? []) {
      if (placed.has(ghost.removal)) continue;
      placed.add(ghost.removal);
      if (!present.has(ghost.post.id)) rows.push({ kind: 'ghost', ghost });
      placeBelow(ghost.post.id);
    }
  }
  placeBelow(null);
  for (const post of posts) {
    rows.push({ kind: 'post', post });
    placeBelow(post.id);
  }
  // Ghosts that stand only on each other, after an import changed the order between two deletions.
  for (const ghost of ghosts) if (!placed.has(ghost.removal)) placeBelow(ghost.after);
  return rows;
}
