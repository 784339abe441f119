// Words of backups, restores and exports.
import type { BackupProgress, ExportFormat, RestoreMode } from '../../core/index.ts';
import { count, figure } from './count.ts';

const listed = (...parts: (string | null)[]): string => parts.filter((part) => part !== null).join(', ');
const some = (value: number, what: string): string | null => (value === 0 ? null : `${figure(value)} ${what}`);
const posts = (value: number): string => count(value, 'post', 'posts');
const drafts = (value: number): string => count(value, 'draft', 'drafts');

export const backup = {
  region: 'Backup',
  ask: 'Keep a copy of your library elsewhere.',
  why: 'One file with your posts, drafts and settings, for another browser or a bad day.',
  askEmpty: 'Made a backup before?',
  backUp: 'Back up',
  restore: 'Restore a backup',
  busy: 'Wait until the import is done.',
  exportAs: 'Export for other tools',
  exports: {
    'json-lines': 'JSON Lines, one post a line',
    npy: 'NumPy (.npy), one record a passage',
  } satisfies Record<ExportFormat, string>,
  exportNote: 'Both with vectors. They hold no drafts or settings, and can’t be restored as a library.',
  steps: {
    writing: (done: number, total: number) => `Written ${figure(done)} of ${posts(total)}`,
    checking: (done: number) => `Checked ${posts(done)}`,
    restoring: (done: number, total: number) => `Restored ${figure(done)} of ${posts(total)}`,
    finishing: () => 'Making it your library',
  } satisfies Record<BackupProgress['step'], (done: number, total: number) => string>,
  starting: 'Starting',
  cancel: 'Cancel',

  written: (size: string, written: number, kept: number) =>
    `Backed up: ${listed(posts(written), kept === 0 ? null : drafts(kept))}, ${size}.`,
  exported: (size: string, written: number, vectors: number) =>
    `Exported: ${posts(written)}, ${count(vectors, 'vector', 'vectors')}, ${size}.`,
  unreadable: (value: number) =>
    `${posts(value)} could not be read from this browser’s database and ${value === 1 ? 'is' : 'are'} not in it.`,
  close: 'Close',

  question: {
    heading: (date: string) => `Backup of ${date}`,
    holds: (held: number, kept: number, size: string) =>
      `${listed(posts(held), kept === 0 ? null : drafts(kept))}, ${size}. It was read to its end and is whole.`,
    how: 'Restore it how?',
    modes: { merge: 'Add it to your library', replace: 'Put it in place of your library' } satisfies Record<
      RestoreMode,
      string
    >,
    merge: (added: number, differing: number, same: number) =>
      added + differing === 0
        ? `You have ${same === 1 ? 'its one post' : `all ${figure(same)} posts`} already.`
        : `${listed(
            some(added, 'new'),
            differing === 0 ? null : `${figure(differing)} in another version, of which the newer is kept`,
            some(same, 'you have already'),
          )}.`,
    replace: (gone: { posts: number; drafts: number }, differing: number) => {
      const line = listed(gone.posts === 0 ? null : posts(gone.posts), gone.drafts === 0 ? null : drafts(gone.drafts));
      const back =
        differing === 0 ? '' : ` ${posts(differing)} ${differing === 1 ? 'goes' : 'go'} back to what the backup has.`;
      const first =
        line === ''
          ? 'Nothing of yours is missing in it.'
          : `${line} of yours ${gone.posts + gone.drafts === 1 ? 'is' : 'are'} not in it and will be removed.`;
      return `${first}${back} Settings become those of the backup. You can undo it for a week.`;
    },
    vectors: 'With its vectors',
    vectorsWhy: (vectors: number, model: string | null) =>
      `${count(vectors, 'passage', 'passages')}${model === null ? '' : `, read with ${model}`}. Without them every post is read again.`,
    otherModel: 'Your library is read with another model, so when added to it these posts are read again.',
    go: { merge: 'Add it', replace: 'Replace my library' } satisfies Record<RestoreMode, string>,
    cancel: 'Don’t restore',
  },

  done: (added: number, changed: number, removed: number, kept: number) => {
    const line = listed(
      added === 0 ? null : `${posts(added)} added`,
      some(changed, 'changed'),
      some(removed, 'removed'),
      kept === 0 ? null : `${drafts(kept)} restored`,
    );
    return line === '' ? 'Restored: you had everything already.' : `Restored: ${line}.`;
  },
  queued: (value: number) => `${posts(value)} will be read again in the background.`,
  undo: 'Undo',
  undoing: 'Undoing',
  undone: 'Undone: your library is as it was before.',
  undoFailed: 'The restore could not be undone.',
  failed: {
    write: 'The backup was not written.',
    export: 'The export was not written.',
    check: 'This file can’t be restored.',
    restore: 'The backup was not restored. Your library is as it was.',
  },
  tryAgain: 'Try again',
  chooseOther: 'Choose another file',
  inLibrary: 'Back up in the Library',
};
