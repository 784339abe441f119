// The shell's dialogs, fetched when first opened, and the keys that open them from anywhere.
import { Suspense, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { lazyPart } from '../parts/lazyPart.ts';
import { OverlaysContext, useOverlays } from './overlaysContext.ts';
import type { Overlay } from './overlaysContext.ts';

const CommandDialog = lazyPart(() => import('./CommandDialog.tsx').then((file) => file.CommandDialog));
const KeySheet = lazyPart(() => import('./KeySheet.tsx').then((file) => file.KeySheet));
const AppearanceDialog = lazyPart(() => import('./AppearanceDialog.tsx').then((file) => file.AppearanceDialog));

const dialogs = { commands: CommandDialog, keys: KeySheet, appearance: AppearanceDialog } as const;

export function OverlaysProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Overlay | null>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setShown((now) => (now === 'commands' ? null : 'commands'));
      } else if (event.key === '?' && !isTextField(event.target)) {
        event.preventDefault();
        setShown('keys');
      }
    };
    // Before the editor, which has a meaning of its own for Ctrl K on some devices.
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, []);
  // A menu that closes after its action must not close what the action opened.
  const close = (overlay: Overlay): void => setShown((now) => (now === overlay ? null : now));
  return <OverlaysContext value={{ shown, open: setShown, close }}>{children}</OverlaysContext>;
}

export function Overlays() {
  const { shown, close } = useOverlays();
  if (shown === null) return null;
  const Shown = dialogs[shown];
  return (
    <Suspense>
      <Shown onClose={() => close(shown)} />
    </Suspense>
  );
}

function isTextField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select'))
  );
}
