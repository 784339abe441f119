// A result as facts and rows for the page, and as Markdown to paste.
import type { BenchResult, SetFigures, Way } from '../../app/bench/deviceBench.ts';
import type { Device } from '../../app/bench/device.ts';
import { markdownTable } from '../../app/bench/markdownTable.ts';
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
  for (const { provider, threads, format, readyMs, fromCache, probes, batchesRefused } of result.backends) {
    const parts = [words.backend(threads, format), words.ready((readyMs / 1000).toFixed(1), fromCache)];
    if (probes !== null) parts.push(words.probes(probes.toFixed(5)));
    if (batchesRefused !== null) parts.push(words.batchesRefused(batchesRefused));
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

/** The first by the second; of those that were both measured. */
const RATIOS: readonly [Way, Way][] = [
  ['webgpu', 'webgpu-alone'],
  ['webgpu', 'wasm'],
];

/** Posts a second by length, a column for each way of running the model, and their ratios. */
export function benchTable({ ways, sets }: BenchResult): BenchTable {
  const together = ways.includes('webgpu-alone');
  const ratios = RATIOS.filter((pair) => pair.every((way) => ways.includes(way)));
  const name = (way: Way): string => (way === 'webgpu' && together ? words.together : words.way[way]);
  const head = [
    words.length,
    ...ways.map(name),
    ...ratios.map(([one, other]) => words.ratio(words.way[one], words.way[other])),
  ];
  const rows = sets.map((set) => [
    lengthOf(set),
    ...ways.map((way) => rate(set, way)),
    ...ratios.map((pair) => ratio(set, ...pair)),
  ]);
  return { head, rows };
}

function lengthOf({ even, tokens, texts, perCall }: SetFigures): string {
  if (even) return words.tokens(tokens);
  return perCall === texts ? words.atOnce(texts) : words.paragraphs(tokens);
}

function rate({ texts, ms }: SetFigures, way: Way): string {
  const took = ms[way];
  return took === undefined || Number.isNaN(took) ? words.none : ((1000 * texts) / took).toFixed(1);
}

/** How many times as fast one is as the other. */
function ratio({ ms }: SetFigures, one: Way, other: Way): string {
  const [own, others] = [ms[one], ms[other]];
  return own === undefined || others === undefined ? words.none : (others / own).toFixed(2);
}

/** For a bug report or a collection of devices. Holds no text. */
export function benchMarkdown(device: Device, result: BenchResult): string {
  const facts = benchFacts(device, result).map(({ term, words: said }) => `- ${term}: ${said}`);
  const { head, rows } = benchTable(result);
  return [...facts, '', `${words.table}:`, '', markdownTable(head, rows), ''].join('\n');
}
