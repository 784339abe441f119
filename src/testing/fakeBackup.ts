// The calls of a backup as the page sees them, over a library in memory: slow enough to be looked at.
import type { BackupApi, BackupContents, BackupProgress } from '../core/index.ts';

const STEP_MS = 30;

export interface FakeBackupOptions {
  posts: () => number;
  contents?: Partial<BackupContents>;
}

export function fakeBackup({ posts, contents }: FakeBackupOptions): BackupApi {
  async function run(
    step: BackupProgress['step'],
    { signal, onProgress }: { signal?: AbortSignal; onProgress?: (progress: BackupProgress) => void } = {},
  ): Promise<void> {
    const total = Math.max(1, posts());
    for (let done = 0; done <= total; done += Math.ceil(total / 10)) {
      onProgress?.({ step, postsDone: done, postsTotal: total, elapsedMs: (done / total) * STEP_MS * 10 });
      await new Promise((resolve) => setTimeout(resolve, STEP_MS));
      signal?.throwIfAborted();
    }
  }
  const written = () => ({ posts: posts(), vectors: posts() * 4, drafts: 2, unreadable: 0 });

  return {
    writeBackup: async ({ to, ...options }) => {
      await run('writing', options);
      const blob = new Blob(['a backup']);
      return { ...written(), bytes: blob.size, blob: to === null ? blob : null };
    },
    exportPosts: async ({ to, ...options }) => {
      await run('writing', options);
      const blob = new Blob(['an export']);
      return { ...written(), bytes: blob.size, blob: to === null ? blob : null };
    },
    inspectBackup: async (file, options) => {
      await run('checking', options);
      return {
        madeAt: Date.UTC(2026, 2, 3, 9),
        bytes: file.size,
        posts: 412,
        drafts: 3,
        vectors: 1810,
        model: 'kindred-post-1-quick',
        added: 300,
        differing: 12,
        same: 100,
        otherPosts: Math.max(0, posts() - 112),
        otherDrafts: 1,
        ...contents,
      };
    },
    restoreBackup: async (_file, options) => {
      await run('restoring', options);
      return {
        id: 'restore-1',
        added: 300,
        changed: 12,
        removed: 0,
        unchanged: 100,
        drafts: 3,
        vectors: 1810,
        queued: 0,
        page: null,
      };
    },
    undoRestore: () => Promise.resolve(null),
    restoreToUndo: () => Promise.resolve(null),
    forgetRestore: () => Promise.resolve(),
  };
}
