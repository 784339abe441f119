// What is a hang and what is not, on a clock that a test moves.
import { describe, expect, test } from 'vitest';
import { awakeTime } from '../../testing/awakeTime.ts';
import { Watchdog, type Hang } from './watchdog.ts';

function watched() {
  const { clock, ...time } = awakeTime();
  const hangs: Hang[] = [];
  const dog = new Watchdog({ ...clock, onHang: (hang) => hangs.push(hang) });
  return {
    dog,
    hangs,
    ...time,
    /** A run that is measured. */
    run: (tokens: number, ms: number) => {
      dog.runBegan(tokens);
      time.goOn(ms);
      dog.runEnded(tokens, ms);
    },
  };
}

const HOUR = 3_600_000;

describe('the watchdog', () => {
  test('calls a run a hang at a time that follows from its length and the speed before', () => {
    const { dog, hangs, pass, run } = watched();
    dog.call({ kind: 'embed' });
    run(10, 200);
    dog.runBegan(100);
    // 100 tokens should take 2 s; thirty times that is allowed.
    pass(59_000);
    expect(hangs).toEqual([]);
    pass(2_000);
    expect(hangs).toMatchObject([{ tokens: 100, limitMs: 60_000 }]);
  });

  test('gives a slower device and a longer text more time', () => {
    const limit = (msOfTen: number, tokens: number): number => {
      const { dog, hangs, pass, run } = watched();
      dog.call({ kind: 'embed' });
      run(10, msOfTen);
      dog.runBegan(tokens);
      pass(HOUR);
      return hangs[0]?.limitMs ?? NaN;
    };
    expect(limit(400, 50)).toBe(2 * limit(200, 50));
    expect(limit(400, 100)).toBe(2 * limit(400, 50));
    // A short text is no faster than what was measured, and never is less than three seconds waited.
    expect(limit(400, 1)).toBe(limit(400, 10));
    expect(limit(1, 1)).toBe(3_000);
  });

  test('gives a batch the time of all its texts, and lets it be as fast as one', () => {
    const { dog, hangs, pass, run } = watched();
    dog.call({ kind: 'embed' });
    for (let probe = 0; probe < 12; probe++) run(30, 200);
    // Sixty texts that were never run together before: at most sixty times as long, and thirty times that.
    dog.runBegan(60 * 30);
    pass(60 * 30 * 200 - 1_000);
    expect(hangs).toEqual([]);
    dog.runEnded(60 * 30, 210);
    dog.runBegan(30);
    pass(7_000);
    expect(hangs).toMatchObject([{ tokens: 30, limitMs: 6_000 }]);
  });

  test('says nothing before anything was measured', () => {
    const { dog, hangs, pass } = watched();
    dog.call({ kind: 'embed' });
    dog.runBegan(100);
    pass(HOUR);
    expect(hangs).toEqual([]);
  });

  test('does not take sleep for a hang, however long, and finds the hang afterwards', () => {
    const { dog, hangs, pass, run, sleep } = watched();
    dog.call({ kind: 'embed' });
    run(10, 10);
    dog.runBegan(10);
    sleep(8 * HOUR);
    sleep(8 * HOUR);
    expect(hangs).toEqual([]);
    pass(2_000);
    expect(hangs).toEqual([]);
    pass(1_000);
    expect(hangs).toHaveLength(1);
  });

  test('finds a worker that never answers, though other calls are answered meanwhile', () => {
    const { dog, hangs, pass, run } = watched();
    dog.call({ kind: 'embed' });
    run(10, 20);
    for (let other = 0; other < 10 && hangs.length === 0; other++) {
      const answered = dog.call({ kind: 'embed' });
      pass(500);
      run(10, 20);
      answered();
    }
    expect(hangs).toMatchObject([{ tokens: null }]);
  });

  test('waits while a long run of another call is under way', () => {
    const { dog, hangs, pass, run } = watched();
    run(10, 1_000);
    dog.call({ kind: 'embed' });
    for (let n = 0; n < 20; n++) {
      dog.runBegan(10);
      pass(10_000);
      dog.runEnded(10, 10_000);
    }
    expect(hangs).toEqual([]);
  });

  test('gives a count of tokens the time that its characters need', () => {
    const { dog, hangs, pass, run } = watched();
    run(10, 10);
    const counted = dog.call({ kind: 'count', characters: 1_000 });
    pass(500);
    counted();
    dog.call({ kind: 'count', characters: 100_000 });
    pass(HOUR / 3);
    expect(hangs).toEqual([]);
    pass(HOUR / 6);
    expect(hangs).toMatchObject([{ tokens: null }]);
  });

  test('rests while nothing waits, and is over after a hang or when closed', () => {
    const { dog, hangs, pass, run, watching } = watched();
    const first = dog.call({ kind: 'embed' });
    const second = dog.call({ kind: 'embed' });
    run(10, 10);
    first();
    expect(watching()).toBe(true);
    second();
    expect(watching()).toBe(false);
    dog.call({ kind: 'embed' });
    pass(HOUR);
    expect(hangs).toHaveLength(1);
    expect(watching()).toBe(false);
    const other = watched();
    other.dog.call({ kind: 'embed' });
    other.dog.close();
    expect(other.watching()).toBe(false);
  });
});
