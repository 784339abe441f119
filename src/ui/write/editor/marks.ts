// Marks in the text while a suggestion is looked at: the words that a link could go around, and the part that a post matches.
import { StateEffect, StateField } from '@codemirror/state';
import type { Extension, StateEffectType, Text } from '@codemirror/state';
import { Decoration, EditorView } from '@codemirror/view';
import type { DecorationSet } from '@codemirror/view';
import type { Anchor, Span } from '../../../core/index.ts';

/** Words move by what was typed since they were found; farther away the same words are others. */
const MOVED_AT_MOST = 400;

/** Where the anchor's words stand now, the nearest to where they were; null when they are gone. */
export function findAnchor(doc: Text, { start, text }: Anchor): Span | null {
  const first = Math.max(0, start - MOVED_AT_MOST);
  const near = doc.sliceString(first, start + text.length + MOVED_AT_MOST);
  let best: number | null = null;
  for (let at = near.indexOf(text); at !== -1; at = near.indexOf(text, at + 1)) {
    if (best === null || Math.abs(first + at - start) < Math.abs(best - start)) best = first + at;
  }
  return best === null || text === '' ? null : [best, best + text.length];
}

export const setAnchor = StateEffect.define<Anchor | null>();
export const setPassage = StateEffect.define<Span | null>();

/** A field of one mark, put where `find` says when the effect comes, and moving with the text. */
function markedBy<Value>(
  effect: StateEffectType<Value | null>,
  className: string,
  find: (doc: Text, value: Value) => Span | null,
): Extension {
  const mark = Decoration.mark({ class: className });
  return StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update(shown, change) {
      let next = shown.map(change.changes);
      for (const one of change.effects) {
        if (!one.is(effect)) continue;
        const found = one.value === null ? null : find(change.state.doc, one.value);
        next = found === null ? Decoration.none : Decoration.set(mark.range(...found));
      }
      return next;
    },
    provide: (field) => EditorView.decorations.from(field),
  });
}

function withinText(doc: Text, [start, end]: Span): Span | null {
  const to = Math.min(end, doc.length);
  return start < to ? [start, to] : null;
}

/** The words that a link would go around, and the part of the text that the open post matches. */
export const marks: Extension = [
  markedBy(setPassage, 'matched-passage', withinText),
  markedBy(setAnchor, 'link-anchor', findAnchor),
];
