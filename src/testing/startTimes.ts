// How a model started, as a fake tells it: milliseconds.
import type { StartTimes } from '../core/index.ts';

export const START_TIMES: StartTimes = {
  fetch: 92.4,
  verify: 18.1,
  instantiate: 240.7,
  create: 81.2,
  firstRun: 31.5,
  warmMedian: 12.6,
};
