// Tells a screen reader which posts are related, politely: only when they changed, and not while they still change.
import { useEffect, useRef } from 'react';
import { useServices, useSuggestions } from '../../../app/hooks.ts';
import { text } from '../../text.ts';

/** Long enough for a pause in typing, and for the words and meaning answers to follow each other. */
const SETTLE_MS = 1_500;
const NAMED = 3;

export function useAnnounceRelated(): void {
  const { announcer, suggestions } = useServices();
  const draft = useSuggestions((state) => state.draft);
  const ready = useSuggestions((state) => state.state === 'ready');
  const said = useRef<string | null>(null);
  useEffect(() => {
    if (!ready) return;
    const key = draft
      .map(({ post }) => post)
      .sort()
      .join('\n');
    if (key === said.current) return;
    const timer = setTimeout(() => {
      const first = said.current === null;
      said.current = key;
      // Whoever goes through them hears each by itself.
      if (suggestions.getState().active !== null) return;
      const { related, none } = text.write.announce;
      const titles = draft.slice(0, NAMED).map(({ title }) => title);
      if (titles.length > 0) announcer.say(related(titles, draft.length - titles.length));
      else if (!first) announcer.say(none);
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [announcer, suggestions, draft, ready]);
}
