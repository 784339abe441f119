// What the drafts of this tab become when another tab has stored, changed or deleted some.
import type { Draft, DraftId } from '../core/index.ts';

export interface MergePorts {
  /** Changed here and not stored: stays as it is, and meets the other when it is saved. */
  isMine: (id: DraftId) => boolean;
  /** Time of change of the version that is stored, as far as this tab knows; null for one that never was. */
  base: (id: DraftId) => number | null;
}

export interface Merged {
  /** Last edited first. */
  drafts: Draft[];
  /** Now as another tab has stored them. */
  adopted: Draft[];
  /** Deleted by another tab. */
  gone: Draft[];
}

export function mergeDrafts(local: readonly Draft[], stored: readonly Draft[], { isMine, base }: MergePorts): Merged {
  const there = new Map(stored.map((draft) => [draft.id, draft]));
  const merged: Merged = { drafts: [], adopted: [], gone: [] };
  for (const draft of local) {
    const other = there.get(draft.id);
    there.delete(draft.id);
    if (isMine(draft.id) || (other === undefined && base(draft.id) === null)) merged.drafts.push(draft);
    else if (other === undefined) merged.gone.push(draft);
    else {
      merged.drafts.push(other);
      if (other.updatedAt !== base(draft.id)) merged.adopted.push(other);
    }
  }
  for (const draft of there.values()) {
    if (isMine(draft.id)) continue;
    merged.drafts.push(draft);
    merged.adopted.push(draft);
  }
  merged.drafts.sort((a, b) => b.updatedAt - a.updatedAt);
  return merged;
}
