// What the commands call in the page.
import { measureDraft } from './draftLane.ts';
import { measureMemory } from './memory.ts';

const bench = { draft: measureDraft, memory: measureMemory };

declare global {
  interface Window {
    trustBench: typeof bench;
  }
}

window.trustBench = bench;
