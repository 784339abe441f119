// Repository of drafts. Each save waits for the disk: a draft cannot be made again.
import type { Draft, DraftId } from '../draft.ts';
import type { Backend } from './backend.ts';
import { DRAFTS } from './schema.ts';
import { isDraft } from './soundRows.ts';

export interface DraftRepository {
  /** Last changed first. */
  all(): Promise<Draft[]>;
  /**
   * With `base`, stores only over the version that was changed then, or over none; otherwise the answer is the draft that
   * is there, unless it says the same. Null when stored.
   */
  put(draft: Draft, base?: number | null): Promise<Draft | null>;
  remove(id: DraftId): Promise<void>;
}

export function createDraftRepository(backend: Backend): DraftRepository {
  return {
    all: async () => {
      const rows = await backend.run([DRAFTS], 'readonly', (transaction) => transaction.getAll(DRAFTS));
      return rows.filter(isDraft).sort((a, b) => b.updatedAt - a.updatedAt);
    },
    put: (draft, base) =>
      backend.run(
        [DRAFTS],
        'readwrite',
        async (transaction) => {
          const stored = base === undefined ? undefined : await transaction.get(DRAFTS, draft.id);
          if (isDraft(stored) && stored.updatedAt !== base && !saysTheSame(stored, draft)) return stored;
          await transaction.put(DRAFTS, draft);
          return null;
        },
        'strict',
      ),
    remove: (id) => backend.run([DRAFTS], 'readwrite', (transaction) => transaction.delete(DRAFTS, id), 'strict'),
  };
}

const saysTheSame = (a: Draft, b: Draft): boolean => a.title === b.title && a.body === b.body;
