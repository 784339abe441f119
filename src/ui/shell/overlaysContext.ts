// Which of the shell's dialogs is open; anything may open one.
import { createContext, use } from 'react';

export type Overlay = 'commands' | 'keys' | 'appearance';

export interface OverlaysControl {
  shown: Overlay | null;
  open(overlay: Overlay): void;
  close(): void;
}

export const OverlaysContext = createContext<OverlaysControl>({
  shown: null,
  open: () => undefined,
  close: () => undefined,
});

export const useOverlays = (): OverlaysControl => use(OverlaysContext);
