// Repository of drafts. Each save waits for the disk: a draft cannot be made again.
import type { Draft, DraftId } from '../draft.ts';
import type { Backend } from './backend.ts';
import { DRAFTS } from './schema.ts';
import { isDraft } from './soundRows.ts';

export interface DraftRepository {
  /** Last changed first. */
  all(): Promise<Draft[]>;
  put(draft: Draft): Promise<void>;
  remove(id: DraftId): Promise<void>;
}

export function createDraftRepository(backend: Backend): DraftRepository {
  return {
    all: async () => {
      const rows = await backend.run([DRAFTS], 'readonly', (transaction) => transaction.getAll(DRAFTS));
      return rows.filter(isDraft).sort((a, b) => b.updatedAt - a.updatedAt);
    },
    put: (draft) => backend.run([DRAFTS], 'readwrite', (transaction) => transaction.put(DRAFTS, draft), 'strict'),
    remove: (id) => backend.run([DRAFTS], 'readwrite', (transaction) => transaction.delete(DRAFTS, id), 'strict'),
  };
}
