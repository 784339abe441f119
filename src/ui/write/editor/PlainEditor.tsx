// What stands in until the editor's code is here: the draft in a plain text area, so that typing never waits.
import { useLayoutEffect } from 'react';
import { useOpenDraft, useServices } from '../../../app/hooks.ts';
import { useGrowingField } from '../../parts/useGrowingField.ts';
import { text } from '../../text.ts';
import './PlainEditor.css';

export function PlainEditor() {
  const { drafts, suggestions, preferences } = useServices();
  const body = useOpenDraft()?.body ?? '';
  const field = useGrowingField(body);

  // The editor that takes over finds the caret where the author left it. A layout effect: later ones run when the focus is gone.
  useLayoutEffect(() => {
    const element = field.current;
    const openDraft = () => drafts.current();
    return () => {
      const draft = openDraft();
      if (element === null || draft === null || document.activeElement !== element) return;
      preferences.setCaret(draft.id, { anchor: element.selectionStart, head: element.selectionEnd, focused: true });
    };
  }, [drafts, field, preferences]);

  return (
    <textarea
      ref={field}
      className="plain-editor"
      rows={1}
      aria-label={text.write.body}
      placeholder={text.write.bodyPlaceholder}
      value={body}
      spellCheck
      onChange={(event) => drafts.edit({ body: event.target.value })}
      onSelect={(event) => suggestions.setCaret(event.currentTarget.selectionEnd)}
    />
  );
}
