// Shown over the whole view while files are dragged over it.
import Download from 'lucide-react/icons/download';
import { text } from '../text.ts';
import './DropOverlay.css';

export function DropOverlay({ busy }: { busy: boolean }) {
  const words = text.library.add;
  return (
    <div className={`drop-overlay ${busy ? 'drop-overlay--busy' : ''}`} data-testid="drop-target">
      <div className="drop-overlay__words">
        <Download size={28} strokeWidth={1.5} aria-hidden />
        <p className="drop-overlay__title">{busy ? words.dropBusy : words.dropHere}</p>
        <p>{busy ? words.dropAfter : words.formats}</p>
      </div>
    </div>
  );
}
