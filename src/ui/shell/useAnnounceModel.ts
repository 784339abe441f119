// Tells a screen reader that another model has taken over, whichever view is open.
import { useEffect, useRef } from 'react';
import { useLibraryStatus, useServices } from '../../app/hooks.ts';
import { nameOfId } from '../status/modelWords.ts';
import { text } from '../text.ts';

export function useAnnounceModel(): void {
  const { announcer } = useServices();
  const status = useLibraryStatus();
  const to = status?.models.change?.to ?? null;
  const chosen = status?.models.choice?.model ?? null;
  const name = status === null ? '' : nameOfId(status, chosen);
  const coming = useRef<string | null>(null);
  useEffect(() => {
    if (to === null && coming.current !== null && coming.current === chosen) {
      announcer.say(text.model.announceDone(name));
    }
    coming.current = to;
  }, [announcer, to, chosen, name]);
}
