import { EditorSelection, EditorState } from '@codemirror/state';
import { expect, test } from 'vitest';
import { insertLink } from './insertLink.ts';

/** `|` marks the caret, two of them a selection. */
function after(marked: string, title = 'A title', url = 'https://example.com/a'): string {
  const [before = '', middle, end] = marked.split('|');
  const doc = marked.replaceAll('|', '');
  const head = end === undefined ? before.length : before.length + (middle ?? '').length;
  const state = EditorState.create({ doc, selection: EditorSelection.single(before.length, head) });
  const next = state.update(insertLink(state, title, url)).state;
  const caret = next.selection.main.head;
  return `${next.sliceDoc(0, caret)}|${next.sliceDoc(caret)}`;
}

test('puts the title and its address at the caret', () => {
  expect(after('See | for more')).toBe('See [A title](https://example.com/a)| for more');
});

test('makes the selection its words', () => {
  expect(after('We have |said so| before')).toBe('We have [said so](https://example.com/a)| before');
});

test('keeps a space from the words around it', () => {
  expect(after('said|so')).toBe('said [A title](https://example.com/a)| so');
  expect(after('(|)')).toBe('([A title](https://example.com/a)|)');
});

test('keeps brackets in a title and parentheses in an address from ending the link', () => {
  expect(after('|', 'On [x]', 'https://example.com/a_(b) c')).toBe('[On \\[x\\]](https://example.com/a_%28b%29%20c)|');
});
