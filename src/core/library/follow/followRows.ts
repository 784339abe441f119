// What is remembered of the feeds and folders that an author follows, from visit to visit.
import type { FoundPosts, LookProblem } from '../../followApi.ts';
import type { ErrorCode } from '../../errors.ts';
import type { PostId } from '../../post.ts';

export interface LookRow {
  lookedAt: number | null;
  found: FoundPosts | null;
  problem: LookProblem | null;
}

export interface FeedRow extends LookRow {
  id: string;
  address: string;
  title: string;
  /** As its host gave them with the last answer. */
  etag: string | null;
  modified: string | null;
  /** Looks in a row that did not work. */
  failures: number;
  nextAt: number;
  /** Posts that it added: what it may change, and what goes with it. */
  brought: PostId[];
  /** Others of its last answer: posts that came from elsewhere, or were deleted. */
  seen: PostId[];
}

export interface FeedsRow {
  whileOpen: boolean;
  feeds: FeedRow[];
}

export interface FolderRow extends LookRow {
  id: string;
  name: string;
  handle: FileSystemDirectoryHandle;
  /** Paths of files that are gone, while the author has not said what becomes of their posts. */
  missing: string[];
  deleted: { id: string; count: number } | null;
}

/** A file of a watched folder as it was read last. */
export interface KnownFile {
  /** In bytes. */
  size: number;
  /** Milliseconds since the epoch. */
  modified: number;
  /** SHA-256 of its bytes in hexadecimal; null until it has changed once. */
  hash: string | null;
  posts: PostId[];
}

/** By path, the folder's own name first. */
export type KnownFiles = Map<string, KnownFile>;

const FIRST: LookRow = { lookedAt: null, found: null, problem: null };

export const newFeed = (id: string, address: string): FeedRow => ({
  ...FIRST,
  id,
  address,
  title: '',
  etag: null,
  modified: null,
  failures: 0,
  nextAt: 0,
  brought: [],
  seen: [],
});

export const newFolder = (id: string, name: string, handle: FileSystemDirectoryHandle): FolderRow => ({
  ...FIRST,
  id,
  name,
  handle,
  missing: [],
  deleted: null,
});

export function parseFeeds(value: unknown): FeedsRow | null {
  if (!isRecord(value) || !Array.isArray(value['feeds'])) return null;
  return { whileOpen: value['whileOpen'] !== false, feeds: value['feeds'].flatMap(parseFeed) };
}

function parseFeed(value: unknown): FeedRow[] {
  if (!isRecord(value)) return [];
  const { id, address, title, etag, modified, failures, nextAt, brought, seen } = value;
  if (typeof id !== 'string' || typeof address !== 'string' || !URL.canParse(address)) return [];
  return [
    {
      ...parseLook(value),
      id,
      address,
      title: typeof title === 'string' ? title : '',
      etag: typeof etag === 'string' ? etag : null,
      modified: typeof modified === 'string' ? modified : null,
      failures: typeof failures === 'number' ? failures : 0,
      nextAt: typeof nextAt === 'number' ? nextAt : 0,
      brought: ids(brought),
      seen: ids(seen),
    },
  ];
}

/** Feeds of both; of one that both have, what either brought. */
export function mergeFeeds(here: FeedsRow, restored: FeedsRow): FeedsRow {
  const feeds = new Map(restored.feeds.map((feed) => [feed.address, feed]));
  for (const feed of here.feeds) {
    const other = feeds.get(feed.address);
    const brought = [...new Set([...feed.brought, ...(other?.brought ?? [])])];
    feeds.set(feed.address, { ...feed, brought });
  }
  return { ...here, feeds: [...feeds.values()] };
}

export function parseFolders(value: unknown): FolderRow[] | null {
  if (!Array.isArray(value)) return null;
  return value.flatMap((row: unknown): FolderRow[] => {
    if (!isRecord(row)) return [];
    const { id, name, handle, missing, deleted } = row;
    if (typeof id !== 'string' || typeof name !== 'string' || !isFolderHandle(handle)) return [];
    const isDeleted = isRecord(deleted) && typeof deleted['id'] === 'string' && typeof deleted['count'] === 'number';
    return [
      {
        ...parseLook(row),
        id,
        name,
        handle,
        missing: ids(missing),
        deleted: isDeleted ? (deleted as unknown as FolderRow['deleted']) : null,
      },
    ];
  });
}

export const filesRow = (files: KnownFiles): unknown =>
  [...files].map(([path, { size, modified, hash, posts }]) => [path, size, modified, hash, posts]);

export function parseFiles(value: unknown): KnownFiles | null {
  if (!Array.isArray(value)) return null;
  return new Map(
    value.flatMap((entry: unknown): [string, KnownFile][] => {
      if (!Array.isArray(entry)) return [];
      const [path, size, modified, hash, posts] = entry as unknown[];
      if (typeof path !== 'string' || typeof size !== 'number' || typeof modified !== 'number') return [];
      return [[path, { size, modified, hash: typeof hash === 'string' ? hash : null, posts: ids(posts) }]];
    }),
  );
}

/** Posts of these files and of no other. */
export function postsOf(paths: readonly string[], files: KnownFiles): PostId[] {
  if (paths.length === 0) return [];
  const chosen = new Set(paths);
  const elsewhere = new Set([...files].filter(([path]) => !chosen.has(path)).flatMap(([, { posts }]) => posts));
  const posts = new Set(paths.flatMap((path) => files.get(path)?.posts ?? []));
  return [...posts].filter((post) => !elsewhere.has(post));
}

function parseLook({ lookedAt, found, problem }: Record<string, unknown>): LookRow {
  const isFound = isRecord(found) && ['at', 'added', 'changed'].every((name) => typeof found[name] === 'number');
  const isProblem = isRecord(problem) && typeof problem['code'] === 'string' && typeof problem['message'] === 'string';
  return {
    lookedAt: typeof lookedAt === 'number' ? lookedAt : null,
    found: isFound ? (found as unknown as FoundPosts) : null,
    problem: isProblem ? { code: problem['code'] as ErrorCode, message: String(problem['message']) } : null,
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isFolderHandle = (value: unknown): value is FileSystemDirectoryHandle =>
  typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'directory';

const ids = <Id extends string>(value: unknown): Id[] =>
  Array.isArray(value) ? value.filter((id): id is Id => typeof id === 'string') : [];
