// Changes what is shown, and tells a screen reader what came of it.
import { useCallback } from 'react';
import { useServices } from '../../../app/hooks.ts';
import type { Amount, PostChoice } from '../../../core/index.ts';
import { text } from '../../text.ts';

export function useChoose(): (change: { amount?: Amount; only?: Partial<PostChoice> }) => void {
  const { suggestions, announcer } = useServices();
  return useCallback(
    (change) => {
      void suggestions.choose(change).then(({ draft, paragraph }) => {
        const { amounts } = text.write.panel;
        const what = change.amount === undefined ? null : amounts[change.amount];
        announcer.say(text.write.announce.chosen(what, draft.length + paragraph.length));
      });
    },
    [suggestions, announcer],
  );
}
