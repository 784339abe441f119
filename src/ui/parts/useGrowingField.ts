// A text area as tall as its text.
import { useLayoutEffect, useRef, type RefObject } from 'react';

/** The ref to give to the area: its height is fitted again when `value` or the width changes. */
export function useGrowingField(value: string): RefObject<HTMLTextAreaElement | null> {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    const grow = (): void => {
      element.style.blockSize = 'auto';
      element.style.blockSize = `${element.scrollHeight}px`;
    };
    grow();
    // The same words need another height in another width.
    const observer = new ResizeObserver(grow);
    if (element.parentElement !== null) observer.observe(element.parentElement);
    return () => observer.disconnect();
  }, [value]);
  return field;
}
