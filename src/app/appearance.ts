// Puts theme and contrast on the document, where tokens.css reads them.
import type { PreferencesStore } from './preferences.ts';

/** Follows the preferences and the system until the returned function is called. */
export function followAppearance(preferences: PreferencesStore, page: Document, media: Window): () => void {
  const moreContrast = media.matchMedia('(prefers-contrast: more)');
  const dark = media.matchMedia('(prefers-color-scheme: dark)');

  function apply(): void {
    const { theme, contrast } = preferences.getState();
    const { dataset } = page.documentElement;
    if (theme === 'system') delete dataset['theme'];
    else dataset['theme'] = theme;
    if (contrast === 'more' || moreContrast.matches) dataset['contrast'] = 'more';
    else delete dataset['contrast'];
    const paper = media.getComputedStyle(page.body).getPropertyValue('background-color');
    page.querySelector('meta[name="theme-color"]')?.setAttribute('content', paper);
  }

  const unsubscribe = preferences.subscribe(apply);
  moreContrast.addEventListener('change', apply);
  dark.addEventListener('change', apply);
  apply();
  return () => {
    unsubscribe();
    moreContrast.removeEventListener('change', apply);
    dark.removeEventListener('change', apply);
  };
}
