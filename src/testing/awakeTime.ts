// A thread's clock that a test moves: the device is awake, or it sleeps and wakes.
import { TICK_MS, type ClockPorts } from '../core/model/awakeClock.ts';

export function awakeTime() {
  let time = 0;
  let tick: (() => void) | null = null;
  const clock: ClockPorts = {
    now: () => time,
    every(_ms, given) {
      tick = given;
      return () => {
        tick = null;
      };
    },
  };
  return {
    clock,
    watching: () => tick !== null,
    /** The device is awake for so long. */
    pass: (ms: number) => {
      for (let left = ms; left > 0; left -= TICK_MS) {
        time += Math.min(left, TICK_MS);
        tick?.();
      }
    },
    /** Nothing runs, and then the timer fires once. */
    sleep: (ms: number) => {
      time += ms;
      tick?.();
    },
    /** The clock alone goes on: no timer fires. */
    goOn: (ms: number) => {
      time += ms;
    },
  };
}
