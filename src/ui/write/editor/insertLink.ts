// A Markdown link at the caret, or around the selection.
import { EditorSelection } from '@codemirror/state';
import type { EditorState, TransactionSpec } from '@codemirror/state';

/** The change that puts `[title](url)` at the caret, the selection becoming its words; spaced from the words around it. */
export function insertLink(state: EditorState, title: string, url: string): TransactionSpec {
  const { from, to, empty } = state.selection.main;
  const words = empty ? escapeWords(title) : state.sliceDoc(from, to);
  const before = state.sliceDoc(Math.max(0, from - 1), from);
  const after = state.sliceDoc(to, to + 1);
  const lead = empty && before !== '' && !/[\s([“"‘—-]/.test(before) ? ' ' : '';
  const trail = empty && /[\p{L}\p{N}]/u.test(after) ? ' ' : '';
  const insert = `${lead}[${words}](${escapeAddress(url)})${trail}`;
  return {
    changes: { from, to, insert },
    selection: EditorSelection.cursor(from + insert.length - trail.length),
    scrollIntoView: true,
    userEvent: 'input.link',
  };
}

const escapeWords = (title: string): string => title.replace(/[[\]\\]/g, '\\$&');

/** Spaces and parentheses would end a Markdown address early. */
const escapeAddress = (url: string): string =>
  url.replace(/[\s()<>]/g, (char) => `%${(char.codePointAt(0) ?? 0).toString(16).padStart(2, '0').toUpperCase()}`);
