// The keys of the list: arrows, Home, End and the page keys move the focus from row to row; the rest acts on the row.
import { useLayoutEffect, useRef, type KeyboardEvent, type RefObject } from 'react';

export interface GridKeys {
  count: number;
  active: number;
  /** Rows that PageUp and PageDown move by. */
  page: number;
  onMove: (index: number) => void;
  onOpen: (index: number) => void;
  onToggle: (index: number) => void;
  onRemove: (index: number) => void;
  onSelectAll: () => void;
  onSelectNone: () => void;
  onUndo: () => void;
}

/** @returns the grid's key handler. The focus follows once the row that was moved to is drawn. */
export function useGridKeys(body: RefObject<HTMLElement | null>, keys: GridKeys) {
  const wanted = useRef<number | null>(null);

  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const row = body.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"]`);
    if (row === null || row === undefined) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });

  function moveTo(index: number): void {
    const next = Math.min(keys.count - 1, Math.max(0, index));
    wanted.current = next;
    keys.onMove(next);
  }

  function act(event: KeyboardEvent): boolean {
    const onRow = event.target instanceof HTMLElement && event.target.matches('[data-index]');
    const command = event.ctrlKey || event.metaKey;
    switch (event.key) {
      case 'ArrowDown':
        moveTo(keys.active + 1);
        return true;
      case 'ArrowUp':
        moveTo(keys.active - 1);
        return true;
      case 'PageDown':
        moveTo(keys.active + keys.page);
        return true;
      case 'PageUp':
        moveTo(keys.active - keys.page);
        return true;
      case 'Home':
        moveTo(0);
        return true;
      case 'End':
        moveTo(keys.count - 1);
        return true;
      case 'Enter':
        if (onRow) keys.onOpen(keys.active);
        return onRow;
      case ' ':
        if (onRow) keys.onToggle(keys.active);
        return onRow;
      case 'Delete':
        keys.onRemove(keys.active);
        return true;
      case 'Escape':
        keys.onSelectNone();
        return false;
      case 'a':
        if (command) keys.onSelectAll();
        return command;
      case 'z':
        if (command && !event.shiftKey) keys.onUndo();
        return command && !event.shiftKey;
      default:
        return false;
    }
  }

  return (event: KeyboardEvent): void => {
    const inList = event.target instanceof HTMLElement && event.target.closest('[data-index]') !== null;
    if (!inList || event.altKey) return;
    if (act(event)) event.preventDefault();
  };
}
