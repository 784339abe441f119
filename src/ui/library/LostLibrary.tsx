// The browser has cleared the library: what was in it, and the ways to have it again.
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { useKeeping, useServices } from '../../app/hooks.ts';
import { exactDate } from '../format/dates.ts';
import { Button } from '../parts/Button.tsx';
import { text } from '../text.ts';
import './StorageNotice.css';

export function LostLibrary() {
  const { keeping } = useServices();
  const { lost } = useKeeping();
  const words = text.library.lost;
  if (lost === null) return null;
  return (
    <section className="storage-notice" role="note">
      <TriangleAlert size={17} strokeWidth={1.75} aria-hidden />
      <div>
        <p className="storage-notice__what figures">{words.what(lost.posts, exactDate(new Date(lost.seenAt)))}</p>
        <p>
          {words.why} {words.remedy}
        </p>
        <Button className="storage-notice__action" onClick={() => keeping.dismissLost()}>
          {words.dismiss}
        </Button>
      </div>
    </section>
  );
}
