// The shipped embedder in its shipped worker, on WASM, and texts cut as it wants them.
import { passageRule } from '../../src/core/text/passage.ts';
import { cutPassages } from '../../src/core/text/passages.ts';
import { parseModelList, MODEL_LIST_FILE, starter } from '../../src/core/model/modelList.ts';
import { startEmbedder, type RunningEmbedder } from '../../src/workers/startEmbedder.ts';

const MODELS = new URL('/models/', location.origin).href;

export async function start(): Promise<RunningEmbedder> {
  const list = new URL(MODEL_LIST_FILE, MODELS).href;
  const { id } = starter(parseModelList(await (await fetch(list)).text(), list));
  return startEmbedder({
    createWorker: () =>
      new Worker(new URL('../../src/workers/embedder.worker.ts', import.meta.url), { type: 'module' }),
    folder: new URL(`${id}/`, MODELS).href,
    passageRule,
    provider: 'wasm',
  });
}

/** The passages of texts, in their order, until there are so many. */
export async function passagesOf(embedder: RunningEmbedder, texts: readonly string[], most: number): Promise<string[]> {
  const { maxTokens } = embedder;
  const signal = new AbortController().signal;
  const passages: string[] = [];
  for (const text of texts) {
    if (passages.length >= most) break;
    const source = { title: '', summary: '', text, blocks: [] };
    const cut = await cutPassages(source, { maxTokens, countTokens: (given) => embedder.countTokens(given), signal });
    passages.push(...cut.map((passage) => passage.text));
  }
  return passages.slice(0, most);
}

/** The number that such a share of the others does not exceed. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
