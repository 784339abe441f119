import { EditorSelection, EditorState } from '@codemirror/state';
import { expect, test } from 'vitest';
import type { Anchor } from '../../../core/index.ts';
import { insertLink } from './insertLink.ts';

/** `|` marks the caret, two of them a selection. */
function after(marked: string, title = 'A title', url = 'https://example.com/a', anchor: Anchor | null = null): string {
  const [before = '', middle, end] = marked.split('|');
  const doc = marked.replaceAll('|', '');
  const head = end === undefined ? before.length : before.length + (middle ?? '').length;
  const state = EditorState.create({ doc, selection: EditorSelection.single(before.length, head) });
  const next = state.update(insertLink(state, title, url, anchor).change).state;
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

const linked = (marked: string, anchor: Anchor): string => after(marked, 'A title', 'https://example.com/a', anchor);

test('goes around the words that name the post, the caret staying where it is', () => {
  const anchor = { start: 4, end: 16, text: 'on-call rota' };
  expect(linked('The on-call rota works.|', anchor)).toBe('The [on-call rota](https://example.com/a) works.|');
  expect(linked('The on-call rota|', anchor)).toBe('The [on-call rota](https://example.com/a)|');
});

test('finds the words where they have moved to, and does without where they are gone', () => {
  const anchor = { start: 4, end: 16, text: 'on-call rota' };
  expect(linked('An on-call rota and now the on-call rota.|', anchor)).toBe(
    'An [on-call rota](https://example.com/a) and now the on-call rota.|',
  );
  expect(linked('The rota: |', anchor)).toBe('The rota: [A title](https://example.com/a)|');
  expect(linked(`${'x'.repeat(500)} on-call rota |`, anchor)).toContain('[A title]');
});

test('a selection goes before the proposed words', () => {
  expect(linked('The on-call rota |works|.', { start: 4, end: 16, text: 'on-call rota' })).toBe(
    'The on-call rota [works](https://example.com/a)|.',
  );
});
