// The cells of a post that was just deleted, at the place where it stood, with the way back.
import Undo from 'lucide-react/icons/undo-2';
import type { Ghost } from '../../app/ghosts.ts';
import { Button } from '../parts/Button.tsx';
import { text } from '../text.ts';
import { focusRowOf } from './ListRow.tsx';
import { titleOf } from './PostCells.tsx';

export interface GhostCellsProps {
  ghost: Ghost;
  reachable: boolean;
  onRestore: () => void;
}

export function GhostCells({ ghost, reachable, onRestore }: GhostCellsProps) {
  const words = text.library.removed;
  const title = titleOf(ghost.post);
  return (
    <>
      <div role="gridcell" className="post-row__gone">
        {words.one(title)}
      </div>
      <div role="gridcell" className="post-row__back">
        <Button
          look="quiet"
          tabIndex={reachable ? 0 : -1}
          icon={<Undo aria-hidden />}
          aria-label={words.undoOne(title)}
          onClick={(event) => {
            focusRowOf(event);
            onRestore();
          }}
        >
          {words.restore}
        </Button>
      </div>
    </>
  );
}
