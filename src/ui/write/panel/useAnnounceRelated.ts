// Tells a screen reader which posts are related, politely.
import { useEffect } from 'react';
import { useServices } from '../../../app/hooks.ts';
import { followRelated } from '../../../app/relatedNews.ts';
import { text } from '../../text.ts';

const NAMED = 3;

export function useAnnounceRelated(): void {
  const { announcer, suggestions } = useServices();
  useEffect(
    () =>
      followRelated(suggestions, (titles) => {
        const { related, none } = text.write.announce;
        const named = titles.slice(0, NAMED);
        announcer.say(titles.length === 0 ? none : related(named, titles.length - named.length));
      }),
    [announcer, suggestions],
  );
}
