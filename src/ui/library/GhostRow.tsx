// A post that was just deleted, at the place where it stood, with the way back.
import Undo from 'lucide-react/icons/undo-2';
import type { Ghost } from '../../app/ghosts.ts';
import { Button } from '../parts/Button.tsx';
import { text } from '../text.ts';
import type { RowPlace } from './PostRow.tsx';

export interface GhostRowProps extends RowPlace {
  ghost: Ghost;
  onRestore: (removal: string, title: string) => void;
}

export function GhostRow({ ghost, index, rowIndex, active, top, height, onFocus, onRestore }: GhostRowProps) {
  const words = text.library.removed;
  const { id, title } = ghost.post;
  return (
    <div
      role="row"
      className="post-row post-row--ghost"
      aria-rowindex={rowIndex}
      aria-label={words.one(title)}
      tabIndex={active ? 0 : -1}
      data-index={index}
      style={{ blockSize: height, transform: `translateY(${top}px)` }}
      onFocus={() => onFocus(id)}
    >
      <div role="gridcell" className="post-row__gone">
        {words.one(title)}
      </div>
      <div role="gridcell" className="post-row__back">
        <Button
          look="quiet"
          tabIndex={active ? 0 : -1}
          icon={<Undo aria-hidden />}
          aria-label={words.undoOne(title)}
          onClick={() => onRestore(ghost.removal, title)}
        >
          {words.restore}
        </Button>
      </div>
    </div>
  );
}
