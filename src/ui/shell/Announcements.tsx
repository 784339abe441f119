// The polite line that a screen reader hears.
import { useAnnouncement } from '../../app/hooks.ts';
import { useAnnounceModel } from './useAnnounceModel.ts';
import { useOfferVersion } from './useOfferVersion.ts';

export function Announcements() {
  useAnnounceModel();
  useOfferVersion();
  const { text, count } = useAnnouncement();
  // Two lines take turns, so that the same words said twice are heard twice.
  return (
    <>
      <p className="unseen" role="status" data-announcement>
        {count % 2 === 0 ? text : ''}
      </p>
      <p className="unseen" role="status" data-announcement>
        {count % 2 === 1 ? text : ''}
      </p>
    </>
  );
}
