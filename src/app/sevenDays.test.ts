import { expect, test } from 'vitest';
import { clearsAfterSevenDays } from './sevenDays.ts';

const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const look = (userAgent: string, maxTouchPoints = 0, installed = false) => ({ userAgent, maxTouchPoints, installed });

test.each([
  ['Safari on a Mac', look(`${MAC} ${WEBKIT} Version/18.1 Safari/605.1.15`)],
  [
    'Safari on an iPhone',
    look(`Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) ${WEBKIT} Version/18.1 Mobile/15E148 Safari/604.1`, 5),
  ],
  [
    'Chrome on an iPhone, which is made of Safari',
    look(
      `Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) ${WEBKIT} CriOS/131.0.0.0 Mobile/15E148 Safari/604.1`,
      5,
    ),
  ],
  ['an iPad, which says that it is a Mac', look(`${MAC} ${WEBKIT} Version/18.1 Safari/605.1.15`, 5)],
])('%s clears after seven days, unless the page was installed', (_, browser) => {
  expect(clearsAfterSevenDays(browser)).toBe(true);
  expect(clearsAfterSevenDays({ ...browser, installed: true })).toBe(false);
});

test.each([
  ['Chrome on a Mac', look(`${MAC} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0.0.0 Safari/537.36`)],
  ['Edge', look(`${MAC} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0.0.0 Safari/537.36 Edg/144.0.0.0`)],
  [
    'Chrome on Android',
    look(
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0.0.0 Mobile Safari/537.36',
      5,
    ),
  ],
  [
    'the browser of an Android maker',
    look(
      'Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0.0.0 Mobile Safari/537.36',
      5,
    ),
  ],
  ['Firefox on a Mac', look('Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:133.0) Gecko/20100101 Firefox/133.0')],
  ['WebKit on Linux', look(`Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} Version/17.0 Safari/605.1.15`)],
])('%s does not', (_, browser) => {
  expect(clearsAfterSevenDays(browser)).toBe(false);
});
