// How often a backend may be lost before it is given up.
import { describe, expect, test } from 'vitest';
import { Recovery } from './recovery.ts';

/** Loses and recovers, with so much work before each loss; the steps until it is given up, at most so many. */
function losses(most: number, workMs: number, hasOther: boolean, recoveryMs = 1_000): string[] {
  const recovery = new Recovery();
  const steps: string[] = [];
  for (let n = 0; n < most; n++) {
    if (workMs > 0) recovery.worked(workMs);
    const step = recovery.lost(hasOther);
    steps.push(step.step);
    if (step.step === 'give-up') break;
    recovery.recovered(recoveryMs);
  }
  return steps;
}

describe('a backend that is lost', () => {
  test('is tried again at once, then after pauses that grow, and given up at the fourth loss in a row', () => {
    const recovery = new Recovery();
    const steps = Array.from({ length: 4 }, () => recovery.lost(false));
    expect(steps).toEqual([
      { step: 'again', pauseMs: 0 },
      { step: 'again', pauseMs: 500 },
      { step: 'again', pauseMs: 1_000 },
      { step: 'give-up' },
    ]);
  });

  test('that works in between is kept for ever where there is no other', () => {
    expect(losses(1_000, 1, false)).not.toContain('give-up');
  });

  test('is given up for another when it works too little between its losses', () => {
    expect(losses(1_000, 1, true)).toHaveLength(6);
    expect(losses(1_000, 1_000, true).at(-1)).toBe('give-up');
  });

  test('is kept when it works ten times as long as its recovery takes', () => {
    expect(losses(1_000, 10_000, true)).not.toContain('give-up');
    expect(losses(1_000, 10_000, true, 2_000).at(-1)).toBe('give-up');
  });

  test('is forgiven its row by one answer', () => {
    const recovery = new Recovery();
    recovery.lost(false);
    recovery.lost(false);
    recovery.worked(1);
    expect(recovery.lost(false)).toEqual({ step: 'again', pauseMs: 0 });
  });
});
