// The browser that every bench runs in.
import { chromium, type Browser } from 'playwright';
import { findBrowser, launchArgs } from '../scripts/browser.js';

/** A headless Chromium with the flags of the tests, and more where given. */
export function launchChromium(more: readonly string[] = []): Promise<Browser> {
  const executablePath = findBrowser();
  return chromium.launch({
    args: [...launchArgs, ...more],
    ...(executablePath === undefined ? {} : { executablePath }),
  });
}
