// The table of starts and bytes, in Markdown.
import { median } from '../statistics.ts';
import type { PeerBytes } from './peer.ts';
import { KINDS, TIMES, VISITS, type Kind, type Visit, type VisitName } from './visits.ts';

/** Of each figure by itself. */
export function medianVisits(visits: Record<VisitName, readonly Visit[]>): Record<VisitName, Visit> {
  const of = (name: VisitName): Visit => {
    const all = visits[name];
    const pick = (figure: (visit: Visit) => number): number => median(all.map(figure));
    const start = Object.fromEntries(TIMES.map((time) => [time, pick((visit) => visit.start[time])]));
    const bytes = Object.fromEntries(KINDS.map((kind) => [kind, pick((visit) => visit.bytes[kind])]));
    return {
      start: start as Visit['start'],
      bytes: bytes as Record<Kind, number>,
      lexical: pick((visit) => visit.lexical),
      semantic: pick((visit) => visit.semantic),
      modelAsked: all.some((visit) => visit.modelAsked === null) ? null : pick((visit) => visit.modelAsked ?? NaN),
    };
  };
  return { first: of('first'), late: of('late'), second: of('second'), offline: of('offline') };
}

const LABELS: Record<(typeof TIMES)[number], string> = {
  fetch: 'fetch',
  verify: 'verify, within it',
  instantiate: 'instantiate, beside it',
  create: 'create',
  firstRun: 'first run',
  warmMedian: 'warm median',
};

export function startReport(medians: Record<VisitName, Visit>, peer: PeerBytes, rounds: number): string {
  const row = (label: string, figure: (visit: Visit) => string): string =>
    `| ${[label, ...VISITS.map((name) => figure(medians[name]))].join(' | ')} |`;
  const { script, runtime, runtimeFiles, version } = peer;
  const ours = medians.first.bytes.runtime;
  return [
    `Median of ${rounds}; milliseconds.`,
    '',
    '| | first visit | the same, model asked for by the worker | second visit | offline |',
    '| --- | ---: | ---: | ---: | ---: |',
    row('model asked for', (visit) => (visit.modelAsked === null ? '–' : said(visit.modelAsked))),
    ...TIMES.map((time) => row(LABELS[time], ({ start }) => said(start[time]))),
    row('first suggestion by words', ({ lexical }) => said(lexical)),
    row('first suggestion by meaning', ({ semantic }) => said(semantic)),
    row('the same, as a share of the first visit', ({ semantic }) => (semantic / medians.first.semantic).toFixed(2)),
    ...KINDS.map((kind) => row(`kB of the ${kind}`, ({ bytes }) => kilobytes(bytes[kind]))),
    '',
    `@huggingface/transformers ${version}, default pipeline: ${kilobytes(script)} kB of script and ${kilobytes(runtime)} kB of runtime ` +
      `(${runtimeFiles.join(', ')}); the runtime is ${(runtime / ours).toFixed(2)} times ours (${kilobytes(ours)} kB).`,
  ].join('\n');
}

const said = (ms: number): string => (ms < 10 ? ms.toFixed(1) : Math.round(ms).toString());
const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0);
