// Which of the shell's dialogs is open; anything may open one.
import { createContext, use } from 'react';

export type Overlay = 'commands' | 'keys' | 'appearance';

export interface OverlaysControl {
  shown: Overlay | null;
  open: (overlay: Overlay) => void;
  /** Closes it if it is the one that is open. */
  close: (overlay: Overlay) => void;
}

export const OverlaysContext = createContext<OverlaysControl>({
  shown: null,
  open: () => undefined,
  close: () => undefined,
});

export const useOverlays = (): OverlaysControl => use(OverlaysContext);
