// What the command calls in the page.
import { KernelBench } from './kernelBench.ts';

const bench = new KernelBench();

declare global {
  interface Window {
    kernelBench: KernelBench;
  }
}

window.kernelBench = bench;
