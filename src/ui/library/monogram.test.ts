import { expect, it } from 'vitest';
import { monogram } from './monogram.ts';

it('takes two letters of a name in any script', () => {
  expect(monogram('digital.gov')).toBe('DG');
  expect(monogram('My Letters, 2024')).toBe('ML');
  expect(monogram('blog')).toBe('BL');
  expect(monogram('港の手紙')).toBe('港の');
  expect(monogram('—')).toBe('');
});
