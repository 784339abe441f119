// Which model the library was read with, kept where a page that has only begun can read it: beside the preferences, not in the database.
import type { LastModel } from '../core/index.ts';
import type { StatusStore } from './status.ts';

const KEY = 'kindred.model';

/** Null at a first visit. */
export function lastModel(storage: Pick<Storage, 'getItem'>): LastModel | null {
  const [provider, id] = storage.getItem(KEY)?.split(' ') ?? [];
  return id !== undefined && (provider === 'webgpu' || provider === 'wasm') ? { id, provider } : null;
}

/** Remembers the model that is ready, and where it runs. Returns its end. */
export function rememberModel(status: StatusStore, storage: Pick<Storage, 'getItem' | 'setItem'> | null): () => void {
  return status.subscribe((state) => {
    if (state.state !== 'open') return;
    const { model, models, plan } = state.status;
    if (model.state !== 'ready' || plan === null || model.model !== models.choice?.model) return;
    const found = `${plan.provider} ${model.model}`;
    try {
      if (storage?.getItem(KEY) !== found) storage?.setItem(KEY, found);
    } catch {
      // Full or refused: the next visit begins a moment later.
    }
  });
}
