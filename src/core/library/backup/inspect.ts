// Reads a backup to its end without changing anything: whether it is whole, what it holds, and how that compares with the library.
import { readBackup, type BackupHead, type ByteSource } from '../../backup/index.ts';
import type { BackupContents } from '../../backupApi.ts';
import type { PostId } from '../../post.ts';
import type { Parts } from '../assemble.ts';
import { revisionOf } from '../revision.ts';

export interface Inspected {
  contents: BackupContents;
  head: BackupHead;
  posts: ReadonlySet<PostId>;
}

export interface InspectOptions {
  signal?: AbortSignal | undefined;
  /** Posts so far; how many there are is known at the end. */
  onPosts: (posts: number) => void;
}

export async function inspectBackup(
  { spaces, store }: Pick<Parts, 'spaces' | 'store'>,
  source: ByteSource,
  { signal, onPosts }: InspectOptions,
): Promise<Inspected> {
  const { catalogue } = spaces.current;
  const posts = new Set<PostId>();
  const drafts = new Set<string>();
  const counts = { added: 0, differing: 0, same: 0 };
  let head: BackupHead = { format: 0, madeAt: 0, vectors: null };
  let vectors = 0;
  for await (const part of readBackup(source, { signal })) {
    if (part.kind === 'head') head = part.head;
    if (part.kind === 'drafts') for (const { id } of part.drafts) drafts.add(id);
    if (part.kind === 'done') vectors = part.totals.vectors;
    if (part.kind !== 'posts') continue;
    for (const { post } of part.posts) {
      posts.add(post.id);
      const here = catalogue.get(post.id);
      counts[here === undefined ? 'added' : here.revision === revisionOf(post) ? 'same' : 'differing']++;
    }
    onPosts(posts.size);
  }
  const own = await store.drafts.all();
  const contents: BackupContents = {
    madeAt: head.madeAt,
    bytes: source.size,
    posts: posts.size,
    drafts: drafts.size,
    vectors,
    model: vectors === 0 ? null : (head.vectors?.model ?? null),
    ...counts,
    otherPosts: [...catalogue.ids()].filter((id) => !posts.has(id)).length,
    otherDrafts: own.filter(({ id, title, body }) => !drafts.has(id) && (title !== '' || body !== '')).length,
  };
  return { contents, head, posts };
}
