// How the memory of the runtime grows over texts of every length, and what it is after the worker was replaced.
import { passagesOf, start } from './start.ts';

export interface MemoryReport {
  model: string;
  /** Bytes of linear memory, with the model loaded and after so many texts. */
  steps: { texts: number; bytes: number }[];
  /** Workers that were replaced because it had grown. */
  recycled: number;
}

const STEPS = [16, 64, 256, 512, 1_000];

/** Passages of every length in an order that mixes them, with single words and nothing among them. */
export async function measureMemory(texts: readonly string[]): Promise<MemoryReport> {
  const embedder = await start();
  const most = STEPS.at(-1) ?? 0;
  const passages = await passagesOf(embedder, texts, most);
  const mixed = Array.from({ length: most }, (_, at) => {
    const passage = passages[(at * 7919) % passages.length] ?? '';
    const words = passage.split(' ');
    return at % 10 === 0 ? (words[0] ?? '') : at % 7 === 0 ? words.slice(0, words.length >> 1).join(' ') : passage;
  });
  const steps = [{ texts: 0, bytes: embedder.memoryBytes() }];
  let done = 0;
  for (const upTo of STEPS) {
    while (done < upTo) {
      const part = mixed.slice(done, Math.min(upTo, done + 16));
      await embedder.embed(part, { lane: 'queue' });
      done += part.length;
    }
    steps.push({ texts: upTo, bytes: embedder.memoryBytes() });
  }
  const { recycled } = embedder;
  const { model } = embedder.space;
  embedder.dispose();
  return { model, steps, recycled };
}
