// The report of an import that brought nothing, or has not yet.
import type { ImportReport } from '../libraryApi.ts';

export const emptyReport = (id: string): ImportReport => ({
  id,
  added: [],
  changed: [],
  unchanged: 0,
  issues: [],
  leftOut: { draft: 0, private: 0, reply: 0 },
  tables: [],
  cancelled: false,
});
