// What the editor is made of: Markdown coloured quietly, wrapped lines, history, no gutter.
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { deleteMarkupBackward, insertNewlineContinueMarkup, markdownLanguage } from '@codemirror/lang-markdown';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { text } from '../../text.ts';
import { marks } from './marks.ts';

const quietMarkdown = HighlightStyle.define([
  { tag: tags.heading, class: 'md-heading' },
  { tag: tags.strong, class: 'md-strong' },
  { tag: tags.emphasis, class: 'md-emphasis' },
  { tag: tags.strikethrough, class: 'md-strike' },
  { tag: tags.link, class: 'md-link' },
  { tag: tags.url, class: 'md-address' },
  { tag: tags.monospace, class: 'md-code' },
  { tag: tags.quote, class: 'md-quote' },
  { tag: [tags.processingInstruction, tags.contentSeparator], class: 'md-sign' },
]);

/** Alt with the arrows goes through suggestions; the editor would move lines with it. */
const ownedByPanel = new Set(['Alt-ArrowUp', 'Alt-ArrowDown', 'Mod-k']);
const editing = defaultKeymap.filter(({ key, mac }) => !ownedByPanel.has(key ?? '') && !ownedByPanel.has(mac ?? ''));

/** The line over the draft stays in sight: the caret must not go under it. */
const BAR_PX = 64;

export function draftExtensions(): Extension[] {
  return [
    history(),
    keymap.of([
      { key: 'Enter', run: insertNewlineContinueMarkup },
      { key: 'Backspace', run: deleteMarkupBackward },
      ...editing,
      ...historyKeymap,
    ]),
    markdownLanguage,
    syntaxHighlighting(quietMarkdown),
    marks,
    EditorView.lineWrapping,
    EditorView.scrollMargins.of(() => ({ top: BAR_PX, bottom: BAR_PX / 2 })),
    placeholder(text.write.bodyPlaceholder),
    EditorView.contentAttributes.of({
      'aria-label': text.write.body,
      'aria-multiline': 'true',
      spellcheck: 'true',
      autocorrect: 'on',
      autocapitalize: 'sentences',
    }),
  ];
}
