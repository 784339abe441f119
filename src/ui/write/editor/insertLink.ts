// A Markdown link at the caret, around the selection, or around words that name what it leads to.
import { EditorSelection } from '@codemirror/state';
import type { EditorState, TransactionSpec } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { Anchor } from '../../../core/index.ts';
import { findAnchor } from './marks.ts';

export interface InsertedLink {
  change: TransactionSpec;
  /** The words that carry the link. */
  words: string;
}

/**
 * A link around the selection; without one around the anchor, if its words still stand there, the caret staying where it
 * is; else `[title](url)` at the caret, spaced from the words around it.
 */
export function insertLink(state: EditorState, title: string, url: string, anchor: Anchor | null): InsertedLink {
  const { from, to, empty } = state.selection.main;
  const found = empty && anchor !== null ? findAnchor(state.doc, anchor) : null;
  if (found !== null) return { change: around(state, found, url), words: state.sliceDoc(...found) };
  const words = empty ? title : state.sliceDoc(from, to);
  const before = state.sliceDoc(Math.max(0, from - 1), from);
  const after = state.sliceDoc(to, to + 1);
  const lead = empty && before !== '' && !/[\s([“"‘—-]/.test(before) ? ' ' : '';
  const trail = empty && /[\p{L}\p{N}]/u.test(after) ? ' ' : '';
  const insert = `${lead}[${empty ? escapeWords(words) : words}](${escapeAddress(url)})${trail}`;
  const change = {
    changes: { from, to, insert },
    selection: EditorSelection.cursor(from + insert.length - trail.length),
    scrollIntoView: true,
    userEvent: 'input.link',
  };
  return { change, words };
}

function around(state: EditorState, [from, to]: readonly [number, number], url: string): TransactionSpec {
  const changes = state.changes([
    { from, insert: '[' },
    { from: to, insert: `](${escapeAddress(url)})` },
  ]);
  return {
    changes,
    // Words typed next belong behind a link that ends at the caret.
    selection: state.selection.map(changes, 1),
    effects: EditorView.scrollIntoView(from, { y: 'nearest', yMargin: 48 }),
    userEvent: 'input.link',
  };
}

const escapeWords = (title: string): string => title.replace(/[[\]\\]/g, '\\$&');

/** Spaces and parentheses would end a Markdown address early. */
const escapeAddress = (url: string): string =>
  url.replace(/[\s()<>]/g, (char) => `%${(char.codePointAt(0) ?? 0).toString(16).padStart(2, '0').toUpperCase()}`);
