// In the page: lexical indexes over the same posts, asked the same drafts and titles, interleaved.
import type { BenchPost, BuiltWords, WordContender, WordQuestion } from './contender.ts';
import { rotated } from '../statistics.ts';
import { flexsearch } from './words/flexsearch.ts';
import { minisearch } from './words/minisearch.ts';
import { oramaWords } from './words/orama.ts';
import { oursWords } from './words/ours.ts';

const contenders: readonly WordContender[] = [oursWords, minisearch, oramaWords, flexsearch];
const WARM_UP = 3;

/** A draft or title, and the post that it was taken from. */
export interface KnownQuestion extends WordQuestion {
  id: string;
}

export interface WordReport {
  name: string;
  /** Of each round, milliseconds. */
  draft: number[];
  title: number[];
  add: number[];
  remove: number[];
  /** Share of the drafts, and of the titles, whose own post came first. */
  draftFirst: number;
  titleFirst: number;
  storedBytes: number | null;
}

interface Running {
  name: string;
  built: BuiltWords;
  report: WordReport;
}

export class WordBench {
  private posts: BenchPost[] = [];
  private readonly built = new Map<string, BuiltWords>();

  /** Returns the contenders. */
  prepare(posts: BenchPost[]): string[] {
    this.posts = posts;
    return contenders.map(({ name }) => name);
  }

  /** Returns how long that took, in milliseconds. */
  async build(name: string): Promise<{ ms: number }> {
    const contender = contenders.find((one) => one.name === name);
    if (contender === undefined) throw new Error(`There is no contender ${name}.`);
    const started = performance.now();
    const built = await contender.build(this.posts);
    const ms = performance.now() - started;
    this.built.set(name, built);
    return { ms };
  }

  /** Every index that was built answers each question, then gives each post of `moved` away and gets it back. */
  async measure(questions: readonly KnownQuestion[], moved: readonly string[]): Promise<WordReport[]> {
    const running = [...this.built].map(([name, built]): Running => ({
      name,
      built,
      report: { name, draft: [], title: [], add: [], remove: [], draftFirst: 0, titleFirst: 0, storedBytes: null },
    }));
    const asked = [...questions.slice(0, WARM_UP), ...questions];
    for (const [round, { id, title, text }] of asked.entries()) {
      for (const { built, report } of rotated(running, round)) {
        const draft = await timed(() => built.ask({ title, text }));
        const short = await timed(() => built.ask({ title, text: '' }));
        if (round < WARM_UP) continue;
        report.draft.push(draft.ms);
        report.title.push(short.ms);
        if (draft.result[0] === id) report.draftFirst += 1 / questions.length;
        if (short.result[0] === id) report.titleFirst += 1 / questions.length;
      }
    }
    const chosen = new Set(moved);
    for (const [round, post] of this.posts.filter(({ id }) => chosen.has(id)).entries()) {
      for (const { built, report } of rotated(running, round)) {
        report.remove.push((await timed(() => built.remove(post))).ms);
        report.add.push((await timed(() => built.add(post))).ms);
      }
    }
    for (const { built, report } of running) report.storedBytes = await built.storedBytes();
    return running.map(({ report }) => report);
  }
}

async function timed<Result>(work: () => Result | Promise<Result>): Promise<{ ms: number; result: Result }> {
  const started = performance.now();
  const given = work();
  const result = given instanceof Promise ? ((await given) as Result) : given;
  return { ms: performance.now() - started, result };
}
