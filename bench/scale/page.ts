// What the bench of a very large library does in the page: the shipped library, with a model whose vectors are made up.
import { anyPost, type LibraryApi } from '../../src/core/libraryApi.ts';
import { createLibrary } from '../../src/core/library.ts';
import { textHash } from '../../src/core/text/textHash.ts';
import { randomOf } from '../random.ts';
import { benchSupply } from '../store/benchModel.ts';

export interface Question {
  /** Title of the post that it is about. */
  title: string;
  text: string;
}

export interface Answers {
  /** Milliseconds of each. */
  words: number[];
  both: number[];
  /** Questions whose post was among the answers. */
  found: number;
}

export interface Imported {
  posts: number;
  passages: number;
  /** Milliseconds until all posts were stored, and from then on until all had vectors. */
  stored: number;
  embedded: number;
  /** Of the page after it, in bytes; null where the browser does not say. */
  memory: number | null;
}

export interface Opened {
  /** Milliseconds from the start to the first answer by words, and to the first by meaning. */
  words: number;
  both: number;
  memory: number | null;
}

class ScalePage {
  readonly #lines: Blob[] = [];
  #library: LibraryApi | null = null;

  take(lines: string): void {
    this.#lines.push(new Blob([lines]));
  }

  #open(dimension: number): LibraryApi {
    const supply = benchSupply({ dimension, vectorOf: (text) => vectorOf(text, dimension) });
    return (this.#library = createLibrary({ models: () => supply, demoUrl: '/none' }));
  }

  async importAll(dimension: number): Promise<Imported> {
    const library = this.#open(dimension);
    await library.open();
    const started = performance.now();
    const { added, issues } = await library.importFiles([{ path: 'scale.jsonl', blob: new Blob(this.#lines) }], {
      source: 'scale',
    });
    // Some real posts are a picture alone.
    const [other] = issues.filter(({ code }) => code !== 'post-without-text');
    if (other !== undefined) throw new Error(other.message);
    const stored = performance.now() - started;
    for (;;) {
      const { queue, passages, vectors } = await library.status();
      const rests = queue.waiting === 0 && queue.state === 'idle' && vectors === passages;
      if (rests) {
        const embedded = performance.now() - started - stored;
        return { posts: added.length, passages, stored, embedded, memory: await memoryBytes() };
      }
      if (queue.state === 'failed' || queue.state === 'paused') throw new Error(queue.reason ?? queue.state);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  async openAgain(dimension: number, question: Question): Promise<Opened> {
    const started = performance.now();
    const library = this.#open(dimension);
    await library.open();
    await ask(library, question);
    const words = performance.now() - started;
    while ((await library.status()).model.state !== 'ready') await new Promise((resolve) => setTimeout(resolve));
    await ask(library, question);
    const both = performance.now() - started;
    return { words, both, memory: await memoryBytes() };
  }

  async answers(questions: readonly Question[]): Promise<Answers> {
    const library = this.#library;
    if (library === null) throw new Error('The library was not opened.');
    const answers: Answers = { words: [], both: [], found: 0 };
    for (const question of questions) {
      const started = performance.now();
      const { basis, titles } = await ask(library, question);
      answers[basis === 'words' ? 'words' : 'both'].push(performance.now() - started);
      if (titles.includes(question.title)) answers.found++;
    }
    return answers;
  }

  async close(): Promise<void> {
    await this.#library?.close();
  }
}

async function ask(library: LibraryApi, { title, text }: Question) {
  const query = { title, body: text, caret: null, ownPost: null, amount: 'more', only: anyPost } as const;
  const { draft, basis } = await library.suggest(query);
  const titles = draft.flatMap((one) => [one.title, ...one.alike.map((other) => other.title)]);
  return { basis, titles };
}

function vectorOf(text: string, dimension: number): Float32Array {
  const random = randomOf(textHash(text) % 2 ** 31);
  const vector = Float32Array.from({ length: dimension }, () => random() - 0.5);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

async function memoryBytes(): Promise<number | null> {
  const measure = (performance as { measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }> })
    .measureUserAgentSpecificMemory;
  return measure === undefined ? null : (await measure.call(performance)).bytes;
}

const scale = new ScalePage();

declare global {
  interface Window {
    scalePage: typeof scale;
  }
}

window.scalePage = scale;
