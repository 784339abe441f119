// What the command calls in the page.
import { SyntheticEmbeddings } from '../syntheticEmbeddings.ts';
import type { ReopenTimes, StoreContender, StoredBenchPost, StoreQuestion, WriteTimes } from './contender.ts';
import { entityDb } from './contenders/entityDb.ts';
import { orama } from './contenders/orama.ts';
import { ours, oursByTheQueue } from './contenders/ours.ts';
import { byteRows, floatRows } from './contenders/rows.ts';
import { measureFreshness, type FreshnessOptions } from './freshness.ts';

const contenders: readonly StoreContender[] = [ours, oursByTheQueue, byteRows, floatRows, entityDb, orama];

export interface StoreCase {
  dimension: number;
  seed: number;
  passagesPerPost: number;
}

function named(name: string): StoreContender {
  const found = contenders.find((contender) => contender.name === name);
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
}

class StoreBench {
  readonly #posts: StoredBenchPost[] = [];

  contenders(): { name: string; limit: number }[] {
    return contenders.map(({ name, limit }) => ({ name, limit }));
  }

  take(posts: readonly StoredBenchPost[]): void {
    this.#posts.push(...posts);
  }

  async write(name: string, { dimension, seed, passagesPerPost }: StoreCase, budgetMs: number): Promise<WriteTimes> {
    const posts = this.#posts;
    const rows = new SyntheticEmbeddings(dimension, seed).rows(posts.length * passagesPerPost, passagesPerPost);
    const started = performance.now();
    return named(name).write({ posts, rows, dimension }, (done) => {
      if (performance.now() - started > budgetMs)
        throw new Error(`It had written ${done} after ${(budgetMs / 1000).toFixed(0)} s, and was stopped.`);
    });
  }

  async reopen(
    name: string,
    { dimension, seed, passagesPerPost }: StoreCase,
    question: Omit<StoreQuestion, 'vector'>,
  ): Promise<ReopenTimes> {
    const vector = new SyntheticEmbeddings(dimension, seed).rows(passagesPerPost, passagesPerPost).slice(0, dimension);
    return named(name).reopen({ ...question, vector }, dimension);
  }

  async used(): Promise<number> {
    return (await navigator.storage.estimate()).usage ?? 0;
  }

  freshness(options: FreshnessOptions) {
    return measureFreshness(options);
  }
}

const bench = new StoreBench();

declare global {
  interface Window {
    storeBench: typeof bench;
  }
}

window.storeBench = bench;
