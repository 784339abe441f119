// How far a backup, a restore or an export is, told a few times a second.
import type { BackupProgress } from '../../backupApi.ts';
import { createThrottle } from '../throttle.ts';

export type ProgressTeller = (step: BackupProgress['step'], postsDone: number, postsTotal: number) => void;

export function createTeller(
  onProgress: ((progress: BackupProgress) => void) | undefined,
  now: () => number,
): ProgressTeller {
  const started = now();
  const throttle = createThrottle((progress: BackupProgress) => onProgress?.(progress), now);
  let last: BackupProgress['step'] | null = null;
  return (step, postsDone, postsTotal) => {
    throttle.offer({ step, postsDone, postsTotal, elapsedMs: now() - started });
    // A new step is told at once.
    if (step !== last) throttle.flush();
    last = step;
  };
}
