// Where the list stands in the page, how wide it is, and how much of the window what sticks above it covers.
import { useLayoutEffect, useState, type RefObject } from 'react';

export interface ListPlace {
  /** Pixels from the top of the page to the first row. */
  top: number;
  /** Pixels of the window covered by what stays in sight above the list. */
  covered: number;
  /** Rows take two lines. */
  narrow: boolean;
  /** Pixels. */
  rowHeight: number;
}

const NARROW_BELOW_REM = 46;
/** One line, and two, with room for a finger. */
const ROW_REM = 2.75;
const NARROW_ROW_REM = 4.25;

/** Follows the size of the page; `above` are the elements that stick. */
export function useListPlace(
  body: RefObject<HTMLElement | null>,
  above: readonly RefObject<HTMLElement | null>[],
): ListPlace {
  const [place, setPlace] = useState<ListPlace>({ top: 0, covered: 0, narrow: false, rowHeight: 44 });

  useLayoutEffect(() => {
    function measure(): void {
      if (body.current === null) return;
      const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
      const box = body.current.getBoundingClientRect();
      const narrow = box.width < NARROW_BELOW_REM * rem;
      const next: ListPlace = {
        top: Math.round(box.top + window.scrollY),
        covered: above.reduce((sum, { current }) => sum + (current?.offsetHeight ?? 0), 0),
        narrow,
        rowHeight: Math.round(rem * (narrow ? NARROW_ROW_REM : ROW_REM)),
      };
      setPlace((before) => (samePlace(before, next) ? before : next));
    }
    measure();
    // The page grows and shrinks with what comes and goes above the list.
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    for (const { current } of above) if (current !== null) observer.observe(current);
    return () => observer.disconnect();
    // The refs are the same objects throughout.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  return place;
}

const samePlace = (a: ListPlace, b: ListPlace): boolean =>
  a.top === b.top && a.covered === b.covered && a.narrow === b.narrow && a.rowHeight === b.rowHeight;
