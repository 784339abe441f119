// What is a halt and what is not, on a clock that a test moves.
import { describe, expect, test } from 'vitest';
import { awakeTime } from '../../testing/awakeTime.ts';
import { TICK_MS } from './awakeClock.ts';
import { QUIET_LIMITS_MS, StartWatch, type Halt } from './startWatch.ts';

function watched() {
  const { clock, ...time } = awakeTime();
  const halts: Halt[] = [];
  const watch = new StartWatch({ ...clock, onHalt: (halt) => halts.push(halt) });
  return {
    watch,
    halts,
    ...time,
  };
}

describe('the watch over a start', () => {
  test('calls a stage that gives no sign a halt, and names it', () => {
    const { watch, halts, pass, watching } = watched();
    watch.progress('session');
    pass(QUIET_LIMITS_MS.session);
    expect(halts).toEqual([]);
    pass(2 * TICK_MS);
    expect(halts).toMatchObject([{ stage: 'session' }]);
    expect(watching()).toBe(false);
  });

  test('lets a slow one take any time that shows progress', () => {
    const { watch, halts, pass } = watched();
    for (let part = 0; part < 100; part++) {
      watch.progress('files');
      pass(QUIET_LIMITS_MS.files - TICK_MS);
    }
    expect(halts).toEqual([]);
  });

  test('gives the runtime longer where the model’s files took long', () => {
    const { watch, halts, pass } = watched();
    for (let minutes = 0; minutes < 10; minutes++) {
      watch.progress('files');
      pass(60_000);
    }
    watch.progress('runtime');
    pass(19 * 60_000);
    expect(halts).toEqual([]);
    pass(2 * 60_000);
    expect(halts).toMatchObject([{ stage: 'runtime' }]);
  });

  test('takes sleep for no halt', () => {
    const { watch, halts, sleep, pass } = watched();
    watch.progress('probes');
    for (let night = 0; night < 5; night++) sleep(8 * 3_600_000);
    pass(QUIET_LIMITS_MS.probes / 2);
    expect(halts).toEqual([]);
  });

  test('is over when it is closed', () => {
    const { watch, halts, pass } = watched();
    watch.close();
    pass(10 * QUIET_LIMITS_MS.files);
    expect(halts).toEqual([]);
  });
});
