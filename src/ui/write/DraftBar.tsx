// One quiet line over the draft: the drafts, its length, and that it is saved.
import { Suspense, useDeferredValue, useState } from 'react';
import ChevronDown from 'lucide-react/icons/chevron-down';
import { useDrafts, useOpenDraft } from '../../app/hooks.ts';
import type { SavedState } from '../../app/drafts.ts';
import { countWords } from '../format/words.ts';
import { lazyPart } from '../parts/lazyPart.ts';
import { text } from '../text.ts';
import { DraftElsewhere } from './DraftElsewhere.tsx';
import './DraftBar.css';

const loadMenu = () => import('./DraftsMenu.tsx').then((file) => file.DraftsMenu);
const DraftsMenu = lazyPart(loadMenu);

export function DraftBar() {
  const words = text.write;
  const draft = useOpenDraft();
  const drafts = useDrafts((state) => (state.state === 'ready' ? state.drafts.length : 0));
  const saved = useDrafts((state) => (state.state === 'ready' ? state.saved : null));
  const body = useDeferredValue(draft?.body ?? '');
  const [anchor, setAnchor] = useState<HTMLButtonElement | null>(null);
  const [open, setOpen] = useState(false);

  return (
    <div className="draft-bar figures">
      <button
        ref={setAnchor}
        type="button"
        className="draft-bar__drafts"
        aria-haspopup="dialog"
        aria-expanded={open}
        onPointerEnter={() => void loadMenu()}
        onClick={() => setOpen(true)}
      >
        {words.drafts.button}
        {drafts > 1 ? <span className="draft-bar__count">{drafts}</span> : null}
        <ChevronDown size={14} aria-hidden />
      </button>
      {open && anchor !== null ? (
        <Suspense>
          <DraftsMenu anchor={anchor} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
      <span className="draft-bar__words">{words.words(countWords(body))}</span>
      <Saved saved={saved} />
      <DraftElsewhere />
    </div>
  );
}

/** Keeps its width while it changes, so that nothing beside it moves. */
function Saved({ saved }: { saved: SavedState | null }) {
  const words = text.write;
  if (saved === null) return null;
  if (saved.state === 'failed') {
    const { what, remedy } = text.errors[saved.error.code];
    return (
      <span className="draft-bar__saved draft-bar__saved--failed" role="alert" title={saved.error.message}>
        {words.notSaved}: {what} {remedy}
      </span>
    );
  }
  return (
    <span className="draft-bar__saved" data-saved={saved.state}>
      {saved.state === 'saved' ? words.saved : words.saving}
    </span>
  );
}
