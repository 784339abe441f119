import { describe, expect, test } from 'vitest';
import { countRequests, keepsInside, type Requests } from './requestLog.ts';

const nothing: Requests = { total: 0, elsewhere: new Map(), refused: 0 };
const own = 'https://kindred.example';

describe('countRequests', () => {
  test('counts all requests and names the addresses that are not our own', () => {
    const addresses = [`${own}/a.js`, 'https://cdn.example/x', 'https://cdn.example/y', 'http://kindred.example/z'];
    const once = countRequests(nothing, addresses, own);
    expect(once.total).toBe(4);
    expect([...once.elsewhere]).toEqual([
      ['https://cdn.example', 2],
      ['http://kindred.example', 1],
    ]);
    expect(countRequests(once, [`${own}/b.js`], own)).toMatchObject({ total: 5 });
  });

  test('leaves out what the page made itself', () => {
    const addresses = ['data:image/png;base64,AA', `blob:${own}/1`, 'about:blank', 'not an address'];
    expect(countRequests(nothing, addresses, own)).toEqual(nothing);
  });
});

test.each([
  ["default-src 'none'; connect-src 'self'", true],
  ["default-src 'self'", true],
  ["connect-src 'self' https://api.example", false],
  ["script-src 'self'", false],
  ['', false],
])('keepsInside(%s) is %s', (policy, expected) => {
  expect(keepsInside(policy)).toBe(expected);
});
