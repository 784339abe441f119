// Which posts are shown, in words; nothing for all of them.
import type { PostChoice } from '../../../core/index.ts';
import { text } from '../../text.ts';

export function chosenWords({ kind, source, tag, since }: PostChoice): string[] {
  const { kinds, since: sinceYear } = text.write.panel.filters;
  return [kind === null ? null : kinds[kind], source, tag, since === null ? null : sinceYear(since)].filter(
    (part) => part !== null,
  );
}
