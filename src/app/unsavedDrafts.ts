// What was typed and is not in the library yet, kept by the page itself: it may be closed before the library has answered.
import { draftId, type Draft } from '../core/index.ts';
import type { KeyValues } from './preferences.ts';

export interface UnsavedDraft {
  draft: Draft;
  /** Time at which the version was changed that it was made from; null for a new draft. */
  base: number | null;
}

export interface UnsavedDrafts {
  all(): UnsavedDraft[];
  keep(unsaved: readonly UnsavedDraft[]): void;
  /** Of a draft that is stored as it was kept, or is gone. */
  drop(drafts: readonly Pick<Draft, 'id' | 'updatedAt'>[]): void;
}

const KEY = 'kindred.unsaved';

export function createUnsavedDrafts(storage: KeyValues | null): UnsavedDrafts {
  function all(): UnsavedDraft[] {
    try {
      const value: unknown = JSON.parse(storage?.getItem(KEY) ?? '[]');
      return Array.isArray(value) ? value.filter(isUnsaved) : [];
    } catch {
      return [];
    }
  }
  function write(unsaved: readonly UnsavedDraft[]): void {
    try {
      storage?.setItem(KEY, JSON.stringify(unsaved));
    } catch {
      // Full or refused: the library itself is still asked to store it.
    }
  }
  return {
    all,
    keep: (unsaved) => {
      const ids = new Set(unsaved.map(({ draft }) => draft.id));
      write([...all().filter(({ draft }) => !ids.has(draft.id)), ...unsaved]);
    },
    drop: (drafts) => {
      const kept = all();
      const left = kept.filter(({ draft }) =>
        drafts.every(({ id, updatedAt }) => id !== draft.id || updatedAt < draft.updatedAt),
      );
      if (left.length < kept.length) write(left);
    },
  };
}

function isUnsaved(value: unknown): value is UnsavedDraft {
  if (typeof value !== 'object' || value === null || !('draft' in value) || !('base' in value)) return false;
  const { draft, base } = value;
  if (typeof draft !== 'object' || draft === null) return false;
  const { id, title, body, createdAt, updatedAt } = draft as Partial<Record<keyof Draft, unknown>>;
  return (
    [id, title, body].every((field) => typeof field === 'string') &&
    [createdAt, updatedAt].every((field) => typeof field === 'number') &&
    (base === null || typeof base === 'number') &&
    draftId(String(id)) !== ''
  );
}
