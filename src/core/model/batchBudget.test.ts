// What a graphics card is given at once, on cards of every kind.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BatchBudget, MOST_TOKENS, RUN_BUDGET_MS } from './batchBudget.ts';

/** Milliseconds of a run: something for itself and something for each token. */
interface Card {
  each: number;
  token: number;
}
const card = fc.record({
  each: fc.double({ min: 0.5, max: 80, noNaN: true }),
  token: fc.double({ min: 0.001, max: 2, noNaN: true }),
});
const msOf = ({ each, token }: Card, tokens: number): number => each + token * tokens;

/** Runs that ask for as many texts as they may; the last is what a card has settled at. */
function settle(budget: BatchBudget, one: Card, tokens: number, runs = 12): number {
  let count = 0;
  for (let run = 0; run < runs; run++) {
    count = budget.texts(tokens, 1_000);
    budget.note(count * tokens, msOf(one, count * tokens));
  }
  return count;
}

describe('a batch budget', () => {
  test('takes one text before anything is known', () => {
    expect(new BatchBudget().texts(20, 30)).toBe(1);
  });

  test('never takes more than wait, nor more tokens than it is limited to', () => {
    const budget = new BatchBudget();
    budget.note(1_000, 1);
    expect(budget.texts(20, 3)).toBe(3);
    expect(budget.texts(20, 1_000)).toBe(100);
    budget.note(5_000, 1);
    expect(budget.texts(20, 1_000)).toBe(Math.floor(MOST_TOKENS / 20));
    budget.limitTo(100);
    expect(budget.texts(20, 1_000)).toBe(5);
    expect(budget.texts(200, 1_000)).toBe(1);
  });

  test('no run on its way takes longer than the budget, but one text may', () => {
    fc.assert(
      fc.property(card, fc.array(fc.integer({ min: 2, max: 256 }), { minLength: 1, maxLength: 60 }), (one, lengths) => {
        const budget = new BatchBudget();
        for (const tokens of lengths) {
          const count = budget.texts(tokens, 1_000);
          const ms = msOf(one, count * tokens);
          expect(count === 1 || ms <= RUN_BUDGET_MS + 1e-9).toBe(true);
          expect(count === 1 || count * tokens <= MOST_TOKENS).toBe(true);
          budget.note(count * tokens, ms);
        }
      }),
    );
  });

  test('asks for no more than twice of what was measured, however little that took', () => {
    const budget = new BatchBudget();
    budget.note(30, 1);
    expect(budget.texts(30, 1_000)).toBe(2);
  });

  test('settles at more than half of what would fit, also on a card on which a run by itself takes most of it', () => {
    fc.assert(
      fc.property(card, fc.integer({ min: 8, max: 256 }), (one, tokens) => {
        const fits = Math.max(1, Math.floor(Math.min(MOST_TOKENS, (RUN_BUDGET_MS - one.each) / one.token) / tokens));
        const budget = new BatchBudget();
        // As the probes and the first batch of their proof do.
        for (const size of [tokens, 2 * tokens]) budget.note(size, msOf(one, size));
        expect(settle(budget, one, tokens)).toBeGreaterThanOrEqual(fits / 2);
      }),
    );
  });

  test('is not put off by what compiling a shader took once', () => {
    const budget = new BatchBudget();
    const fast = { each: 3, token: 0.01 };
    for (const tokens of [11, 13, 19, 27, 34, 58, 211]) budget.note(tokens, msOf(fast, tokens));
    budget.note(64, 900);
    settle(budget, fast, 64, 4);
    budget.note(1_024, 700);
    expect(settle(budget, fast, 64)).toBeGreaterThanOrEqual(16);
  });

  test('gives less to a card that has become slow', () => {
    const budget = new BatchBudget();
    const before = settle(budget, { each: 3, token: 0.02 }, 64);
    const after = settle(budget, { each: 10, token: 0.2 }, 64, 30);
    expect(before).toBeGreaterThan(20);
    expect(msOf({ each: 10, token: 0.2 }, after * 64)).toBeLessThanOrEqual(RUN_BUDGET_MS);
  });
});
