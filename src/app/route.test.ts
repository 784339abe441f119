import { expect, test } from 'vitest';
import { hrefOf, viewOf } from './route.ts';

test.each([
  ['', 'write'],
  ['#/library', 'library'],
  ['#/status?x', 'status'],
  ['#status', 'status'],
  ['#/nowhere', 'write'],
])('%j shows %s', (hash, view) => {
  expect(viewOf(hash)).toBe(view);
});

test('an address leads back to its view', () => {
  expect(viewOf(hrefOf('library'))).toBe('library');
});
