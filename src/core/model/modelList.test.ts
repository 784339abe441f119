// The list of models as it ships, and lists that are refused.
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { parseManifest } from './manifest.ts';
import { parseModelList, starter } from './modelList.ts';

const parse = (value: unknown) => parseModelList(JSON.stringify(value), 'models.json');
const quick = { id: 'quick', size: 'quick', layers: 6 };
const base = { id: 'base', size: 'base', layers: 6 };

describe('a list of models', () => {
  test('is read in its order, members that nobody asked for left out', () => {
    expect(parse([base, { ...quick, colour: 'red' }])).toEqual([base, quick]);
  });

  test('starts with the quick one, or else with its first', () => {
    expect(starter(parse([base, quick])).id).toBe('quick');
    expect(starter(parse([base])).id).toBe('base');
    expect(() => starter([])).toThrow(RangeError);
  });

  test.each([
    ['no list', {}, /not a list/],
    ['an empty list', [], /not a list/],
    ['no id', [{ ...quick, id: '' }], /without an id/],
    ['an id that leaves the folder', [{ ...quick, id: '../secret' }], /without an id/],
    ['an address', [{ ...quick, id: 'https://elsewhere.example' }], /without an id/],
    ['an unknown size', [{ ...quick, size: 'huge' }], /none of the sizes quick, thorough, base/],
    ['no layers', [{ ...quick, layers: 0 }], /how many layers quick has/],
    ['a model twice', [quick, quick], /twice/],
    ['nothing', null, /not a list/],
  ])('with %s is refused', (_what, value, message) => {
    expect(() => parse(value)).toThrow(message);
    expect(() => parse(value)).toThrow(expect.objectContaining({ code: 'manifest-invalid', item: 'models.json' }));
  });

  test('that is no JSON is refused', () => {
    expect(() => parseModelList('<!doctype html>', 'models.json')).toThrow(/not JSON/);
  });
});

test('every model in the list that ships has its folder', async () => {
  const path = 'public/models/models.json';
  for (const { id } of parseModelList(await readFile(path, 'utf8'), path)) {
    const manifest = `public/models/${id}/manifest.json`;
    expect(parseManifest(await readFile(manifest, 'utf8'), manifest).id).toBe(id);
  }
});
