// A result as facts and rows for the page, and as Markdown to paste.
import type { BenchResult, SetFigures } from '../../app/bench/deviceBench.ts';
import type { Device } from '../../app/bench/device.ts';
import { markdownTable } from '../../app/bench/markdownTable.ts';
import type { ExecutionProvider } from '../../core/index.ts';
import { bench as words } from '../text/bench.ts';

export interface ShownFact {
  term: string;
  words: string;
}

/** What was measured on, and what each backend was before it was fast or slow. */
export function benchFacts(device: Device, result: BenchResult): ShownFact[] {
  const facts: ShownFact[] = [
    { term: words.browser, words: device.browser },
    { term: words.cores, words: String(device.cores) },
    { term: words.gpu, words: device.gpu ?? words.gpuNone },
    { term: words.isolated, words: device.isolated ? words.isolatedYes : words.isolatedNo },
    { term: words.model, words: result.model },
  ];
  if (result.gpuRefused !== null) {
    facts.push({ term: words.provider.webgpu, words: `${words.notMeasured}: ${result.gpuRefused}` });
  }
  for (const { provider, threads, format, readyMs, fromCache, probes } of result.backends) {
    const parts = [words.backend(threads, format), words.ready((readyMs / 1000).toFixed(1), fromCache)];
    if (probes !== null) parts.push(words.probes(probes.toFixed(5)));
    facts.push({ term: words.provider[provider], words: parts.join('; ') });
  }
  if (result.agreement !== null) {
    const { mean, worst } = result.agreement;
    facts.push({ term: words.agreement, words: words.agreementOf(mean.toFixed(5), worst.toFixed(5)) });
  }
  return facts;
}

export interface BenchTable {
  head: string[];
  rows: string[][];
}

/** Posts a second by length, a column for each backend, and the ratio where there are two. */
export function benchTable({ backends, sets }: BenchResult): BenchTable {
  const providers = backends.map(({ provider }) => provider);
  const both = providers.includes('webgpu') && providers.includes('wasm');
  const head = [words.length, ...providers.map((provider) => words.provider[provider]), ...(both ? [words.ratio] : [])];
  const rows = sets.map((set) => [
    lengthOf(set),
    ...providers.map((provider) => rate(set, provider)),
    ...(both ? [ratio(set)] : []),
  ]);
  return { head, rows };
}

function lengthOf({ even, tokens, texts, perCall }: SetFigures): string {
  if (even) return words.tokens(tokens);
  return perCall === texts ? words.atOnce(texts) : words.paragraphs(tokens);
}

function rate({ texts, ms }: SetFigures, provider: ExecutionProvider): string {
  const took = ms[provider];
  return took === undefined || Number.isNaN(took) ? words.none : ((1000 * texts) / took).toFixed(1);
}

function ratio({ ms: { webgpu, wasm } }: SetFigures): string {
  return webgpu === undefined || wasm === undefined ? words.none : (wasm / webgpu).toFixed(2);
}

/** For a bug report or a collection of devices. Holds no text. */
export function benchMarkdown(device: Device, result: BenchResult): string {
  const facts = benchFacts(device, result).map(({ term, words: said }) => `- ${term}: ${said}`);
  const { head, rows } = benchTable(result);
  return [...facts, '', `${words.table}:`, '', markdownTable(head, rows), ''].join('\n');
}
