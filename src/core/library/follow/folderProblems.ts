// What is said of a watched folder that can't be looked at as it was.
import type { LookProblem } from '../../followApi.ts';

export const isEmpty = (name: string): LookProblem => ({
  code: 'folder-lost',
  message: `“${name}” is empty now, so nothing was deleted here. If its disk is not connected, connect it; if you have emptied it, stop watching it.`,
});

export const isLost = (name: string): LookProblem => ({
  code: 'folder-lost',
  message: `“${name}” is not where it was: moved, renamed, or on a disk that is not connected. Nothing was deleted here. Bring it back, or stop watching it and watch its new place.`,
});
