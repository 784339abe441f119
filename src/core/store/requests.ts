// Requests that were done, by the id that they came with: a repeated one is known again, and what it did can be taken back.
import type { PostId } from '../post.ts';
import type { Backend, Transaction } from './backend.ts';
import type { RemovedPosts } from './posts.ts';
import { META } from './schema.ts';

/** What one transaction of a request did. */
export interface RequestPart {
  /** Milliseconds since the epoch. */
  at: number;
  added: PostId[];
  /** Posts as they were before, changed or taken out. */
  before: RemovedPosts;
  /** It was taken back: nothing of it is kept. */
  undone: boolean;
}

/** Writes with the transaction that does what is noted, so that there is both or neither. */
export type Alongside<T = void> = (transaction: Transaction, result: T) => Promise<void>;

export interface RequestRepository {
  /** Parts of a request in their order; empty when it is not known. */
  parts(id: string): Promise<RequestPart[]>;
  /** Every request that is known, the oldest first. */
  all(): Promise<{ id: string; at: number }[]>;
  /** Adds or replaces a part. */
  note(id: string, part: number, content: RequestPart): Promise<void>;
  forget(id: string): Promise<void>;
}

const PREFIX = 'request ';
const DIGITS = 8;
const keyOf = (id: string, part: number): string => `${PREFIX}${id} ${String(part).padStart(DIGITS, '0')}`;
const idOf = (key: string): string => key.slice(PREFIX.length, -DIGITS - 1);
/** Every part of one request, or of all. */
const spanOf = (id?: string) => {
  const start = id === undefined ? PREFIX : `${PREFIX}${id} `;
  return { lower: start, upper: `${start}\uffff` };
};

/** For a transaction over `META`. */
export const noteIn = (transaction: Transaction, id: string, part: number, content: RequestPart): Promise<void> =>
  transaction.put(META, { key: keyOf(id, part), value: content });

/** For a transaction over `META`. */
export async function forgetIn(transaction: Transaction, id: string): Promise<void> {
  for (const key of await transaction.getAllKeys(META, spanOf(id))) await transaction.delete(META, key);
}

export function createRequestRepository(backend: Backend): RequestRepository {
  return {
    parts: async (id) => {
      const rows = await backend.run([META], 'readonly', (transaction) => transaction.getAll(META, spanOf(id)));
      return rows.map(({ value }) => value).filter(isRequestPart);
    },
    all: () =>
      backend.run([META], 'readonly', async (transaction) => {
        const keys = await transaction.getAllKeys(META, spanOf());
        const ids = [...new Set(keys.map(idOf))];
        const known: { id: string; at: number }[] = [];
        for (const id of ids) {
          const first = keys.find((key) => idOf(key) === id);
          const row = first === undefined ? undefined : await transaction.get(META, first);
          known.push({ id, at: isRequestPart(row?.value) ? row.value.at : 0 });
        }
        return known.sort((a, b) => a.at - b.at);
      }),
    note: (id, part, content) =>
      backend.run([META], 'readwrite', (transaction) => noteIn(transaction, id, part, content)),
    forget: (id) => backend.run([META], 'readwrite', (transaction) => forgetIn(transaction, id)),
  };
}

function isRequestPart(value: unknown): value is RequestPart {
  if (typeof value !== 'object' || value === null) return false;
  const { at, added, before, undone } = value as Partial<Record<keyof RequestPart, unknown>>;
  if (typeof before !== 'object' || before === null) return false;
  const { posts, passages } = before as Partial<Record<keyof RemovedPosts, unknown>>;
  return (
    typeof at === 'number' &&
    typeof undone === 'boolean' &&
    [added, posts, passages].every((list) => Array.isArray(list))
  );
}
