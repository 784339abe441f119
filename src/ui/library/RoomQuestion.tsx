// Before an import that may not fit: how much it may need, how much is left, and the author's decision.
import { useEffect } from 'react';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { useServices } from '../../app/hooks.ts';
import type { RoomEstimate } from '../../core/index.ts';
import { Button } from '../parts/Button.tsx';
import { saidSize } from '../status/bytes.ts';
import { text } from '../text.ts';
import './StorageNotice.css';

export function RoomQuestion({ room: { needsBytes, freeBytes } }: { room: RoomEstimate }) {
  const { imports, announcer } = useServices();
  const words = text.library.room;
  const body = words.body(saidSize(needsBytes), saidSize(freeBytes ?? 0));
  useEffect(() => announcer.say(`${words.title}. ${body}`), [announcer, body, words]);
  return (
    <section className="import-panel" aria-label={text.library.importing.region}>
      <div className="storage-notice storage-notice--asks">
        <TriangleAlert size={17} strokeWidth={1.75} aria-hidden />
        <div>
          <p className="storage-notice__what">{words.title}</p>
          <p className="figures">
            {body} {words.meaning}
          </p>
          <div className="add-buttons storage-notice__action">
            <Button onClick={() => imports.cancel()}>{words.cancel}</Button>
            <Button look="quiet" onClick={() => imports.begin()}>
              {words.begin}
            </Button>
          </div>
        </div>
      </div>
    </section>
  );
}
