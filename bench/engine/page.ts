// What the command calls in the page.
import { EngineBench } from './engineBench.ts';

const bench = new EngineBench();

declare global {
  interface Window {
    engineBench: EngineBench;
  }
}

window.engineBench = bench;
