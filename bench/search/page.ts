// What the command calls in the page.
import { VectorBench } from './vectorBench.ts';
import { WordBench } from './wordBench.ts';

const bench = { vectors: new VectorBench(), words: new WordBench() };

declare global {
  interface Window {
    searchBench: typeof bench;
  }
}

window.searchBench = bench;
