// CodeMirror in React: mounted once, told which draft to show.
import { useEffect, useRef } from 'react';
import { useDrafts, useServices } from '../../../app/hooks.ts';
import { createDraftEditor } from './draftEditor.ts';
import type { DraftEditor } from './draftEditor.ts';
import './Editor.css';

export function Editor() {
  const { drafts, suggestions, preferences, editor: slot, reader, route } = useServices();
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<DraftEditor | null>(null);
  const revision = useDrafts((state) => (state.state === 'ready' ? state.revision : -1));

  useEffect(() => {
    if (host.current === null) return;
    const created = createDraftEditor(host.current, {
      onBody: (body) => drafts.edit({ body }),
      onCaret: (head) => suggestions.setCaret(head),
      onTyping: () => suggestions.setActive(null),
      onRest: (draft, caret) => preferences.setCaret(draft, caret),
    });
    editor.current = created;
    const detach = slot.attach(created);
    const rest = (): void => created.rest();
    window.addEventListener('pagehide', rest);
    return () => {
      window.removeEventListener('pagehide', rest);
      detach();
      created.destroy();
      editor.current = null;
    };
  }, [drafts, suggestions, preferences, slot]);

  // What the open post matches is marked for as long as it is open.
  useEffect(
    () =>
      reader.subscribe(({ state }) => {
        if (state === 'closed') editor.current?.showPassage(null);
      }),
    [reader],
  );

  useEffect(() => {
    const draft = drafts.current();
    if (draft === null || editor.current === null) return;
    const caret = preferences.getState().carets[draft.id];
    const other = editor.current.show(draft, caret);
    // A draft that another tab has changed stays as it is in sight.
    if (!other) return;
    // After a reload in the middle of writing, and when the author comes to write or switches drafts; never at a first visit.
    const { moves } = route.getState();
    if (revision > 0 || moves > 0 || caret?.focused === true) editor.current.focus();
  }, [drafts, preferences, route, revision]);

  return <div ref={host} className="editor" />;
}
