// What is named by the page itself: needed from the start, whichever view is open.
import type { ExportFormat } from '../../core/index.ts';

export const names = {
  /** Of what was added file by file. */
  looseFiles: 'Single files',
  /** Of a file that is saved; the day as 2026-03-14. */
  savedFile: (what: 'backup' | ExportFormat, day: string) =>
    `kindred-${day}.${{ backup: 'kindred', 'json-lines': 'jsonl', npy: 'npy' }[what]}`,
};
