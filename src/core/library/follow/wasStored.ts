// Whether all that an import brought is stored: what is not comes again, and must not count as read.
import type { ImportReport } from '../../libraryApi.ts';

export const wasStored = ({ issues, cancelled }: ImportReport): boolean =>
  !cancelled && !issues.some(({ code }) => code.startsWith('storage-'));
