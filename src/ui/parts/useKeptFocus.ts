// Keeps the keyboard's place when the control that has the focus is replaced by others.
import { useEffect, useRef, type RefObject } from 'react';

/** When `state` changes and the focus was in the box and is nowhere now, the box takes it: it needs a tab index. */
export function useKeptFocus(state: boolean | string): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  const within = useRef(false);
  useEffect(() => {
    const follow = (): void => {
      within.current = box.current?.contains(document.activeElement) ?? false;
    };
    document.addEventListener('focusin', follow);
    return () => document.removeEventListener('focusin', follow);
  }, []);
  useEffect(() => {
    if (within.current && document.activeElement === document.body) box.current?.focus();
  }, [state]);
  return box;
}
