// What is remembered of devices, over visits and over a store that fails.
import { describe, expect, test } from 'vitest';
import { createDeviceMemory, type VerdictRow } from './deviceMemory.ts';
import { parseVerdicts, refuse } from './deviceVerdicts.ts';

function store(): VerdictRow & { value: unknown } {
  const row = {
    value: null as unknown,
    get: () => Promise.resolve(structuredClone(row.value)),
    put(value: unknown) {
      row.value = structuredClone(value);
      return Promise.resolve();
    },
  };
  return row;
}
const refusal = { reason: 'its probes disagreed', at: '2026-03-02T10:12:00.000Z', demoted: false };

describe('the memory of devices', () => {
  test('outlives a visit, for the device that it is about', async () => {
    const row = store();
    await createDeviceMemory(row).note('a', (verdict) => refuse(verdict, 'webgpu', refusal));
    await createDeviceMemory(row).note('b', (verdict) => ({ ...verdict, threads: 2 }));
    expect(await createDeviceMemory(row).verdicts()).toEqual({
      a: { refused: { webgpu: refusal }, race: null, threads: null, workers: null, batched: null },
      b: { refused: {}, race: null, threads: 2, workers: null, batched: null },
    });
  });

  test('keeps what is passing for this visit only, whatever is noted after it', async () => {
    const row = store();
    const memory = createDeviceMemory(row);
    await memory.note('a', (verdict) => refuse(verdict, 'threads', refusal), false);
    await memory.note('a', (verdict) => ({ ...verdict, threads: 3 }));
    expect((await memory.verdicts())['a']).toMatchObject({ refused: { threads: refusal }, threads: 3 });
    expect((await createDeviceMemory(row).verdicts())['a']).toEqual({
      refused: {},
      race: null,
      threads: 3,
      workers: null,
      batched: null,
    });
  });

  test('takes changes that are made at once one after the other', async () => {
    const memory = createDeviceMemory(store());
    await Promise.all([
      memory.note('a', (verdict) => refuse(verdict, 'webgpu', refusal)),
      memory.note('a', (verdict) => ({ ...verdict, threads: 2 })),
    ]);
    expect((await memory.verdicts())['a']).toMatchObject({ refused: { webgpu: refusal }, threads: 2 });
  });

  test('remembers until the page closes what can not be stored', async () => {
    const memory = createDeviceMemory({
      get: () => Promise.reject(new Error('no disk')),
      put: () => Promise.reject(new Error('no disk')),
    });
    await memory.note('a', (verdict) => ({ ...verdict, threads: 2 }));
    expect((await memory.verdicts())['a']?.threads).toBe(2);
  });

  test('forgets the devices that were noted longest ago', async () => {
    const row = store();
    for (let n = 0; n < 30; n++) await createDeviceMemory(row).note(`d${n}`, (verdict) => ({ ...verdict, threads: 1 }));
    const keys = Object.keys(await createDeviceMemory(row).verdicts());
    expect(keys).toHaveLength(24);
    expect(keys).toContain('d29');
    expect(keys).not.toContain('d0');
  });

  test('a race from before texts could run together is run again', () => {
    const at = { passages: 16, ms: 900, at: '2026-03-02T10:12:00.000Z' };
    const wasm = { provider: 'wasm', threads: 2 };
    const timed = (more: object) => [
      { provider: 'webgpu', threads: 1, tokensPerSecond: 9, atMost: false, ...more },
      { ...wasm, tokensPerSecond: 10, atMost: false },
    ];
    const raceOf = (more: object) =>
      parseVerdicts({ a: { race: { ...at, kept: wasm, contenders: timed(more) } } })['a']?.race;
    expect(raceOf({})).toBeNull();
    expect(raceOf({ batched: true })?.kept).toEqual(wasm);
  });

  test.each([
    [null, {}],
    ['text', {}],
    [{ a: 3 }, { a: { refused: {}, race: null, threads: null, workers: null, batched: null } }],
    [
      { a: { refused: { webgpu: { reason: 1 } }, race: { kept: {} }, threads: 1.5 } },
      { a: { refused: {}, race: null, threads: null, workers: null, batched: null } },
    ],
    [
      { a: { refused: { batches: refusal }, race: { kept: { provider: 'webgpu', threads: 1 } }, batched: false } },
      { a: { refused: { batches: refusal }, race: null, threads: null, workers: null, batched: false } },
    ],
  ])('reads %j as what can be trusted of it', (value, wanted) => {
    expect(parseVerdicts(value)).toEqual(wanted);
  });
});
