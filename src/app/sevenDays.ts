// Whether this browser deletes what a page has stored after seven days without a visit: Safari, and on the iPhone and iPad, whose
// browsers are all made of it, every other one. A page that was added to the Home Screen or the Dock has days of its own.

export interface BrowserLook {
  userAgent: string;
  maxTouchPoints: number;
  /** It runs in a window of its own, as what was installed does. */
  installed: boolean;
}

export function clearsAfterSevenDays({ userAgent, maxTouchPoints, installed }: BrowserLook): boolean {
  if (installed) return false;
  // An iPad calls itself a Mac, which has no touch.
  const mobile = /\b(?:iPhone|iPad|iPod)\b/.test(userAgent) || (/\bMacintosh\b/.test(userAgent) && maxTouchPoints > 1);
  const safari = /\bVersion\/[\d.]+ (?:Mobile\/\S+ )?Safari\//.test(userAgent) && /\bMacintosh\b/.test(userAgent);
  return /\bAppleWebKit\//.test(userAgent) && (mobile || safari);
}

export function lookOf(page: Window): BrowserLook {
  const { userAgent, maxTouchPoints } = page.navigator;
  // Older Safari on the iPhone says it in a word of its own.
  const standalone = (page.navigator as Navigator & { standalone?: boolean }).standalone === true;
  return { userAgent, maxTouchPoints, installed: standalone || page.matchMedia('(display-mode: standalone)').matches };
}
