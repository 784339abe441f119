// Marks the words that a link could be put around, for as long as a suggestion is looked at.
import { StateEffect, StateField } from '@codemirror/state';
import type { Extension, Text } from '@codemirror/state';
import { Decoration, EditorView } from '@codemirror/view';
import type { DecorationSet } from '@codemirror/view';
import type { Anchor } from '../../../core/index.ts';

/** Words move by what was typed since they were found; farther away the same words are others. */
const MOVED_AT_MOST = 400;

/** Where the anchor's words stand now, the nearest to where they were; null when they are gone. */
export function findAnchor(doc: Text, { start, text }: Anchor): readonly [from: number, to: number] | null {
  const first = Math.max(0, start - MOVED_AT_MOST);
  const near = doc.sliceString(first, start + text.length + MOVED_AT_MOST);
  let best: number | null = null;
  for (let at = near.indexOf(text); at !== -1; at = near.indexOf(text, at + 1)) {
    if (best === null || Math.abs(first + at - start) < Math.abs(best - start)) best = first + at;
  }
  return best === null || text === '' ? null : [best, best + text.length];
}

export const setAnchor = StateEffect.define<Anchor | null>();

const words = Decoration.mark({ class: 'link-anchor' });

const marked = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, change) {
    let next = shown.map(change.changes);
    for (const effect of change.effects) {
      if (!effect.is(setAnchor)) continue;
      const found = effect.value === null ? null : findAnchor(change.state.doc, effect.value);
      next = found === null ? Decoration.none : Decoration.set(words.range(...found));
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export const anchorMark: Extension = marked;
