// Whether a media query matches, followed while the component is mounted.
import { useSyncExternalStore } from 'react';

/** Wide enough for text, panel and reader side by side. */
export const WIDE = '(min-width: 100rem)';
/** Too narrow for text and panel side by side: the panel is a sheet. */
export const NARROW = '(max-width: 60rem)';

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', onChange);
      return () => media.removeEventListener('change', onChange);
    },
    () => window.matchMedia(query).matches,
  );
}
