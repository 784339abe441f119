// Why a file can't be restored: what, where in it, and what to do. In every case nothing was changed.
import { KindredError } from '../errors.ts';

export function backupUnknown(): KindredError {
  return new KindredError(
    'backup-unknown',
    'The file does not begin as a backup of Kindred does. Choose one that “Back up” wrote; posts in other formats come in with “Add files”.',
  );
}

/** @param at where in the file, in bytes */
export function backupDamaged(at: number, what: string): KindredError {
  return new KindredError(
    'backup-damaged',
    `The backup is damaged at byte ${at}: ${what}. Nothing was changed. Copy the file again from where it is kept, or choose an older one.`,
    { item: `byte ${at}` },
  );
}

export function backupNewer(format: number, known: number): KindredError {
  return new KindredError(
    'backup-newer',
    `The backup is of format ${format}; this version of Kindred reads up to format ${known}. Nothing was changed. Reload the page to get the newest version, then restore it there.`,
  );
}
