// Says what another tab did to the open draft, and offers both versions.
import { useDrafts, useServices } from '../../app/hooks.ts';
import { Button } from '../parts/Button.tsx';
import { text } from '../text.ts';
import './DraftElsewhere.css';

export function DraftElsewhere() {
  const { drafts } = useServices();
  const elsewhere = useDrafts((state) => (state.state === 'ready' ? state.elsewhere : null));
  if (elsewhere === null) return null;
  const words = text.write.elsewhere;
  const close = (
    <Button look="quiet" onClick={() => drafts.dismissElsewhere()}>
      {words.close}
    </Button>
  );
  if (elsewhere.kind === 'removed') {
    return (
      <p className="draft-elsewhere" role="status">
        <span>{words.removed(elsewhere.draft.title || text.write.untitled)}</span>
        <Button look="quiet" onClick={() => drafts.bringBack()}>
          {words.bringBack}
        </Button>
        {close}
      </p>
    );
  }
  return (
    <p className="draft-elsewhere" role="status">
      <span>{words.bothChanged}</span>
      <Button look="quiet" onClick={() => drafts.open(elsewhere.other)}>
        {words.openOther}
      </Button>
      {close}
    </p>
  );
}
