// Before an import: whether what is chosen is expected to fit, and the author's word where it is not.
import type { ImportFile, LibraryApi, RoomEstimate } from '../core/index.ts';

export interface RoomQuestion {
  /** Whether the import may begin: at once where it is expected to fit, else once the author has answered. False when aborted. */
  mayBegin(files: readonly ImportFile[], signal: AbortSignal): Promise<boolean>;
  answer(begin: boolean): void;
}

/** `onAsk` shows the question; `answer` takes what comes of it. */
export function createRoomQuestion(
  library: Pick<LibraryApi, 'roomFor'>,
  onAsk: (room: RoomEstimate) => void,
): RoomQuestion {
  let settle: (begin: boolean) => void = () => undefined;
  return {
    mayBegin: async (files, signal) => {
      if (files.length === 0) return true;
      // An estimate that fails holds nobody back: a disk that is full stops nothing either.
      const room = await library.roomFor(files, { signal }).catch(() => null);
      if (signal.aborted) return false;
      if (room === null || room.fits) return true;
      const answered = new Promise<boolean>((resolve) => (settle = resolve));
      signal.addEventListener('abort', () => settle(false), { once: true });
      onAsk(room);
      return answered;
    },
    answer: (begin) => settle(begin),
  };
}
