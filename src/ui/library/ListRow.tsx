// The frame of a row: place, focus and selection. It stays the same element when its post is deleted or comes back.
import type { MouseEvent, ReactNode } from 'react';
import type { PostId } from '../../core/index.ts';

export interface RowPlace {
  index: number;
  /** Counted from 1, the column heads included. */
  rowIndex: number;
  active: boolean;
  /** Pixels from the top of the list. */
  top: number;
  height: number;
}

export interface ListRowProps extends RowPlace {
  id: PostId;
  label: string;
  /** Null for a row that can't be selected. */
  selected: boolean | null;
  ghost: boolean;
  onFocus: (id: PostId) => void;
  /** A press on the row, except on what is marked as its own control. */
  onPress: (() => void) | null;
  children: ReactNode;
}

export function ListRow(props: ListRowProps) {
  const { id, index, rowIndex, active, top, height, label, selected, ghost, onFocus, onPress, children } = props;

  function onClick(event: MouseEvent): void {
    const own = event.target instanceof Element && event.target.closest('[data-own]') !== null;
    const reading = document.getSelection()?.isCollapsed === false;
    if (!own && !reading) onPress?.();
  }

  return (
    <div
      role="row"
      className={`post-row ${ghost ? 'post-row--ghost' : ''}`}
      aria-rowindex={rowIndex}
      aria-label={label}
      {...(selected === null ? {} : { 'aria-selected': selected })}
      tabIndex={active ? 0 : -1}
      data-index={index}
      style={{ blockSize: height, transform: `translateY(${top}px)` }}
      onFocus={() => onFocus(id)}
      onClick={onClick}
    >
      {children}
    </div>
  );
}

/** Before the control that has the focus goes away, its row takes the focus: nothing is lost for the keyboard. */
export function focusRowOf(event: MouseEvent): void {
  event.currentTarget.closest<HTMLElement>('[data-index]')?.focus({ preventScroll: true });
}
