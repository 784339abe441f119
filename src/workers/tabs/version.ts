// Tabs of different versions do not share a library: the newer one gets it.
import { KindredError } from '../../core/errors.ts';
import type { TabVersion } from './platform.ts';

/** The one with the newer database; of two that have the same, the page that was loaded last. */
export function newerThan(mine: TabVersion, other: TabVersion): boolean {
  if (mine.build === other.build) return false;
  return mine.schema === other.schema ? mine.startedAt > other.startedAt : mine.schema > other.schema;
}

export function otherVersion(newerDatabase: boolean): KindredError {
  const which = newerDatabase ? 'A newer version' : 'Another version';
  return new KindredError(
    'tab-outdated',
    `${which} of Kindred was opened in another tab and has the library now. Reload this tab to get it; what you wrote here is kept.`,
  );
}
