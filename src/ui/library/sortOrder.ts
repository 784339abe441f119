// Which orders there are and which way each one starts.
import type { PostQuery } from '../../core/index.ts';

export type SortKey = PostQuery['sort'];

export const sortKeys: readonly SortKey[] = ['date', 'title', 'words', 'source'];

/** Newest and longest first, names from A. */
export const descendsFirst = (sort: SortKey): boolean => sort === 'date' || sort === 'words';
