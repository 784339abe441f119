// The status as text for a bug report: the same facts as on the page, and what the browser says of itself.
import type { Requests } from '../../app/requestLog.ts';
import type { LibraryStatus } from '../../core/index.ts';
import { text } from '../text.ts';
import {
  demotionNotes,
  deviceFacts,
  modelFacts,
  postFacts,
  privacyFacts,
  raceFacts,
  raceNote,
  startFacts,
  storageFacts,
  tabFacts,
  type Fact,
} from './facts.ts';

export interface Surroundings {
  userAgent: string;
  crossOriginIsolated: boolean;
  cores: number;
  now: Date;
}

const said = ({ term, figure, words }: Fact): string =>
  `${term}: ${[figure, words].filter((part) => part !== undefined).join(' ')}`;

/** Plain lines, a blank one between sections. Holds counts and settings only, never a title or a text. */
export function statusReport(
  status: LibraryStatus,
  requests: Requests,
  policy: string | null,
  around: Surroundings,
): string {
  const { device, start, posts, storage, tabs, privacy, report } = text.status;
  const model = text.model;
  const candidates = status.plan?.candidates ?? [];
  const considered = candidates.map(
    ({ provider, format, chosen, reason }) =>
      `${device.candidate[provider]} ${device.exactly(provider, format)}: ${chosen ? device.chosen : device.refused}: ${reason}`,
  );
  const race = status.plan?.race ?? null;
  const raced = race === null ? [] : [`${device.race}: ${raceNote(race)}`, ...raceFacts(race).map(said)];
  const givenUp = demotionNotes(status.plan).map(({ title, why }) => `${title}: ${why}`);
  const failure = status.model.state === 'failed' ? [`${status.model.code}: ${status.model.message}`] : [];
  const sections: [string, string[]][] = [
    [
      `${report.title}, ${around.now.toISOString()}`,
      [
        `${report.browser}: ${around.userAgent}`,
        `${report.isolated}: ${around.crossOriginIsolated ? report.yes : report.no}`,
        `${report.cores}: ${around.cores}`,
      ],
    ],
    [
      privacy.heading,
      [...privacyFacts(requests, policy).map(said), `${privacy.policyText}: ${policy ?? privacy.none}`],
    ],
    [device.heading, [...deviceFacts(status.plan).map(said), ...considered, ...raced, ...givenUp]],
    [model.heading, [...modelFacts(status).map(said), ...failure]],
    ...(status.model.state === 'ready'
      ? [[start.heading, startFacts(status).map(said)] satisfies [string, string[]]]
      : []),
    [posts.heading, postFacts(status).map(said)],
    [tabs.heading, tabFacts(status.tabs).map(said)],
    [storage.heading, storageFacts(status.storage).map(said)],
  ];
  return sections.map(([heading, lines]) => [heading, ...lines].join('\n')).join('\n\n');
}
