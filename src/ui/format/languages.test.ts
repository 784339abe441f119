import { expect, it } from 'vitest';
import { languageName } from './languages.ts';

it('names a language, and repeats what is none', () => {
  expect(languageName('de')).toBe('German');
  expect(languageName('pt')).toBe('Portuguese');
  expect(languageName('not a tag')).toBe('not a tag');
});
