// The editor of one column: shows a draft, reports typing and caret, keeps each draft's own undo history.
import { EditorSelection, EditorState } from '@codemirror/state';
import type { StateEffect } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { ViewUpdate } from '@codemirror/view';
import type { EditorPort } from '../../../app/editorSlot.ts';
import type { Caret } from '../../../app/preferences.ts';
import type { Draft, DraftId } from '../../../core/index.ts';
import { setAnchor, setPassage } from './marks.ts';
import { draftExtensions } from './extensions.ts';
import { difference } from './difference.ts';
import { insertLink } from './insertLink.ts';

export interface DraftEditorEvents {
  onBody(body: string): void;
  /** Caret as an offset into the body; also when nothing was typed. */
  onCaret(head: number): void;
  /** The author types: no suggestion is chosen any more. */
  onTyping(): void;
  /** Where the author was, when it is worth remembering. */
  onRest(draft: DraftId, caret: Caret): void;
}

export interface DraftEditor extends EditorPort {
  /**
   * Opens a draft with its caret; the draft shown before keeps its history. Of the draft that is shown already only what
   * differs is changed, and the caret stays at its words. True when another draft was shown before.
   */
  show(draft: Draft, caret: Caret | undefined): boolean;
  /** Reports the caret now, for a page that may go away. */
  rest(): void;
  destroy(): void;
}

const REST_PAUSE_MS = 400;

export function createDraftEditor(parent: HTMLElement, events: DraftEditorEvents): DraftEditor {
  const states = new Map<DraftId, EditorState>();
  let shown: DraftId | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function rest(): void {
    clearTimeout(timer);
    if (shown === null) return;
    const { anchor, head } = view.state.selection.main;
    events.onRest(shown, { anchor, head, focused: view.hasFocus });
  }

  function onUpdate(update: ViewUpdate): void {
    if (update.docChanged) events.onBody(update.state.doc.toString());
    if (update.transactions.some((change) => change.isUserEvent('input.type') || change.isUserEvent('delete'))) {
      events.onTyping();
    }
    if (update.selectionSet || update.docChanged || update.focusChanged) {
      if (view.hasFocus || update.selectionSet) events.onCaret(update.state.selection.main.head);
      clearTimeout(timer);
      timer = setTimeout(rest, REST_PAUSE_MS);
    }
  }

  const extensions = [...draftExtensions(), EditorView.updateListener.of(onUpdate)];
  const view = new EditorView({ parent, state: EditorState.create({ extensions }) });

  return {
    show: (draft, caret) => {
      if (shown === draft.id) {
        const changes = difference(view.state.doc.toString(), draft.body);
        if (changes !== null) view.dispatch({ changes });
        return false;
      }
      if (shown !== null) {
        rest();
        states.set(shown, view.state);
      }
      shown = draft.id;
      const kept = states.get(draft.id);
      const end = draft.body.length;
      const selection = EditorSelection.single(Math.min(caret?.anchor ?? end, end), Math.min(caret?.head ?? end, end));
      view.setState(
        kept?.doc.toString() === draft.body ? kept : EditorState.create({ doc: draft.body, selection, extensions }),
      );
      events.onCaret(view.state.selection.main.head);
      return true;
    },
    rest,
    insertLink: (title, url, anchor) => {
      const { change, words } = insertLink(view.state, title, url, anchor);
      view.dispatch(change);
      view.focus();
      return words;
    },
    showPassage: (passage) => {
      const effects: StateEffect<unknown>[] = [setPassage.of(passage)];
      if (passage !== null) {
        const at = Math.min(passage[0], view.state.doc.length);
        effects.push(EditorView.scrollIntoView(at, { y: 'nearest', yMargin: 96 }));
      }
      view.dispatch({ effects });
    },
    showAnchor: (anchor) => view.dispatch({ effects: setAnchor.of(anchor) }),
    focus: () => {
      view.focus();
      view.dispatch({
        effects: EditorView.scrollIntoView(view.state.selection.main.head, { y: 'nearest', yMargin: 48 }),
      });
    },
    destroy: () => {
      rest();
      clearTimeout(timer);
      view.destroy();
    },
  };
}
