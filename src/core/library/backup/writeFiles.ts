// Writes the library into a file, a few posts at a time: as a backup, or for other tools.
import {
  jsonLine,
  npyHeader,
  passageRecords,
  passageType,
  writeBackup,
  type BackedPost,
  type PostVectors,
} from '../../backup/index.ts';
import type { BackupOptions, ExportOptions, WrittenFile } from '../../backupApi.ts';
import { KindredError } from '../../errors.ts';
import type { Post, PostId } from '../../post.ts';
import type { PassageRecord, StoredPost } from '../../store/schema.ts';
import type { Parts } from '../assemble.ts';
import { readLastSpace } from '../lastSpace.ts';
import { settingsToKeep } from './keptSettings.ts';
import type { ProgressTeller } from './progress.ts';
import { openSink } from './sinks.ts';

export type WritePorts = Pick<Parts, 'store' | 'spaces' | 'models'> & { now: () => number };

type Written = Omit<WrittenFile, 'bytes' | 'blob' | 'unreadable'>;

const POSTS_AT_ONCE = 100;

export async function writeBackupFile(
  ports: WritePorts,
  options: BackupOptions,
  tell: ProgressTeller,
): Promise<WrittenFile> {
  const { store, spaces, models, now } = ports;
  const last = await readLastSpace(store.settings);
  const model = models.modelOf(spaces.current);
  const drafts = (await store.drafts.all()).filter(({ title, body }) => title !== '' || body !== '');
  const input = {
    madeAt: now(),
    vectors: options.vectors && last !== null && model !== null ? { ...last, model } : null,
    vectorsOf: (post: Post) => vectorsOf(ports, post),
    drafts,
    settings: { library: await settingsToKeep(store.settings), page: options.page },
  };
  return writeFile(ports, options, tell, (posts) => writeBackup({ ...input, posts: backed(posts) }));
}

export function exportFile(ports: WritePorts, options: ExportOptions, tell: ProgressTeller): Promise<WrittenFile> {
  return writeFile(ports, options, tell, (posts) =>
    options.format === 'npy' ? npyParts(ports, posts) : lineParts(ports, posts),
  );
}

type FileParts = AsyncGenerator<Uint8Array<ArrayBuffer>, Written>;

async function writeFile(
  ports: WritePorts,
  { to, signal }: Pick<BackupOptions, 'to' | 'signal'>,
  tell: ProgressTeller,
  partsOf: (posts: AsyncIterable<StoredPost[]>) => FileParts,
): Promise<WrittenFile> {
  signal?.throwIfAborted();
  const sink = await openSink(to);
  const reading = { unreadable: 0 };
  let bytes = 0;
  try {
    const parts = partsOf(readPosts(ports, reading, tell));
    for (let part = await parts.next(); ; part = await parts.next()) {
      signal?.throwIfAborted();
      if (part.done === true) return { ...part.value, ...reading, bytes, blob: await sink.close() };
      bytes += part.value.length;
      await sink.write(part.value);
    }
  } catch (error) {
    await sink.abort();
    throw error;
  }
}

async function* readPosts(
  { store, spaces }: WritePorts,
  reading: { unreadable: number },
  tell: ProgressTeller,
): AsyncGenerator<StoredPost[], void> {
  const ids = [...spaces.current.catalogue.ids()];
  for (let from = 0; from < ids.length; from += POSTS_AT_ONCE) {
    const wanted = ids.slice(from, from + POSTS_AT_ONCE);
    const posts = await store.posts.getMany(wanted);
    // Fewer also where some were deleted meanwhile.
    const here = wanted.filter((id) => spaces.current.catalogue.get(id) !== undefined).length;
    reading.unreadable += Math.max(0, here - posts.length);
    yield posts;
    tell('writing', from + wanted.length, ids.length);
  }
}

async function* backed(posts: AsyncIterable<StoredPost[]>): AsyncGenerator<BackedPost[], void> {
  for await (const batch of posts) yield batch.map(({ importedAt, post }) => ({ importedAt, post }));
}

async function* lineParts(ports: WritePorts, posts: AsyncIterable<StoredPost[]>): FileParts {
  const written: Written = { posts: 0, vectors: 0, drafts: 0 };
  for await (const batch of posts) {
    for (const { post } of batch) {
      const passages = passagesOf(ports, post.id);
      yield jsonLine({ post, passages });
      written.posts++;
      written.vectors += passages?.length ?? 0;
    }
  }
  return written;
}

/** Its header says how many there are: what is embedded or deleted meanwhile is neither missing nor too much. */
async function* npyParts(ports: WritePorts, posts: AsyncIterable<StoredPost[]>): FileParts {
  const { vectors } = ports.spaces.current;
  const { index } = vectors;
  const all = [...ports.spaces.current.catalogue.ids()].flatMap((id) => {
    const passages = passagesOf(ports, id);
    return passages === null ? [] : { id, passages: passages.length };
  });
  const first = all[0] === undefined ? undefined : passagesOf(ports, all[0].id)?.[0];
  if (index === null || first === undefined) {
    throw new KindredError(
      'unexpected',
      'There are no vectors to export yet. Wait until posts are embedded, or export JSON Lines, which has the texts alone too.',
    );
  }
  return yield* npyRows(ports, posts, all, first.vector.length);
}

async function* npyRows(
  ports: WritePorts,
  posts: AsyncIterable<StoredPost[]>,
  all: readonly { id: PostId; passages: number }[],
  dimension: number,
): FileParts {
  const promised = new Map(all.map(({ id, passages }) => [id, passages]));
  const total = all.reduce((sum, { passages }) => sum + passages, 0);
  const idLength = all.reduce((most, { id }) => Math.max(most, Array.from(id).length), 1);
  const written: Written = { posts: 0, vectors: 0, drafts: 0 };
  yield npyHeader(passageType(idLength, dimension), [total]);
  for await (const batch of posts) {
    for (const { id } of batch) {
      const passages = passagesOf(ports, id);
      if (passages === null || passages.length !== promised.get(id)) continue;
      yield passageRecords(id, passages, idLength);
      written.posts++;
      written.vectors += passages.length;
    }
  }
  if (written.vectors === total) return written;
  throw new KindredError(
    'unexpected',
    'Posts changed while they were exported. Wait until all are embedded, then try again.',
  );
}

function recordOf({ spaces }: WritePorts, id: PostId): PassageRecord | null {
  return spaces.current.catalogue.get(id)?.passages ?? null;
}

function vectorsOf(ports: WritePorts, post: Post): PostVectors | null {
  const record = recordOf(ports, post.id);
  const rows = ports.spaces.current.vectors.index?.allOf(post.id) ?? null;
  if (record === null || rows?.scales.length !== record.ids.length) return null;
  return {
    passages: {
      post: post.id,
      starts: [...record.starts],
      ends: [...record.ends],
      startS: Array.from(record.startS, (second) => (Number.isNaN(second) ? null : second)),
      hashes: [...record.hashes],
    },
    ...rows,
  };
}

function passagesOf(ports: WritePorts, id: PostId) {
  const record = recordOf(ports, id);
  const { index } = ports.spaces.current.vectors;
  const rows = index?.rowsOf(id)?.rows;
  if (record === null || rows === undefined || index?.allOf(id)?.scales.length !== record.ids.length) return null;
  const dimension = rows.length / record.ids.length;
  return Array.from(record.ids, (_, row) => ({
    start: record.starts[row] ?? 0,
    end: record.ends[row] ?? 0,
    vector: rows.subarray(row * dimension, (row + 1) * dimension),
  }));
}
