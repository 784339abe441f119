// The page to write on, the panel beside it, and on wide screens the reader.
import { Suspense, useCallback, useState } from 'react';
import ChevronUp from 'lucide-react/icons/chevron-up';
import { useDrafts, useServices, useSuggestions } from '../../app/hooks.ts';
import { lazyPart } from '../parts/lazyPart.ts';
import { useMedia, WIDE } from '../parts/useMedia.ts';
import { text } from '../text.ts';
import { DraftBar } from './DraftBar.tsx';
import { PlainEditor } from './editor/PlainEditor.tsx';
import { Panel } from './panel/Panel.tsx';
import { PanelHead } from './panel/PanelHead.tsx';
import { PanelStatus } from './panel/PanelStatus.tsx';
import { TitleField } from './TitleField.tsx';
import { useSuggestionActions } from './useSuggestionActions.ts';
import { useWriteKeys } from './useWriteKeys.ts';
import { Welcome } from './Welcome.tsx';
import './WriteView.css';

/** The editor is a third of the page's code, and suggestions don't wait for it. */
const Editor = lazyPart(() => import('./editor/Editor.tsx').then((file) => file.Editor));
const ReaderColumn = lazyPart(() => import('../reader/ReaderColumn.tsx').then((file) => file.ReaderColumn));

export function WriteView() {
  const words = text.write;
  const services = useServices();
  const loading = useDrafts((state) => state.state === 'loading');
  const related = useSuggestions((state) => state.draft.length + state.paragraph.length - state.leaving.length);
  const chosen = useSuggestions((state) => state.active !== null);
  const wide = useMedia(WIDE);
  const [sheetOpen, setSheetOpen] = useState(false);

  const backToText = useCallback(() => {
    setSheetOpen(false);
    services.editor.port?.focus();
  }, [services]);
  useWriteKeys(useSuggestionActions(), backToText);

  return (
    <div className="write">
      <section className="write__column" aria-label={words.heading}>
        <div className="write__page" aria-busy={loading}>
          <h1 className="unseen">{words.heading}</h1>
          <DraftBar />
          <Welcome />
          <TitleField />
          <Suspense fallback={<PlainEditor />}>
            <Editor />
          </Suspense>
        </div>
      </section>
      <button
        type="button"
        className="write__sheet-handle"
        aria-expanded={sheetOpen}
        aria-controls="related"
        onClick={() => setSheetOpen(true)}
      >
        <span className="figures">{words.panel.sheetOpen(related)}</span>
        <ChevronUp size={17} aria-hidden />
      </button>
      <aside
        id="related"
        className={`write__panel ${sheetOpen || chosen ? 'write__panel--open' : ''}`}
        aria-labelledby="related-title"
      >
        <PanelHead onClose={backToText} />
        <PanelStatus />
        <Panel />
        <p className="write__promise">{text.shell.promise}</p>
      </aside>
      {wide ? (
        <Suspense fallback={<div className="write__reader" />}>
          <ReaderColumn />
        </Suspense>
      ) : null}
    </div>
  );
}
