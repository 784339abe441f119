// Where the mounted editor offers itself to commands that live outside it.

import type { Anchor, Span } from '../core/index.ts';

export interface EditorPort {
  /**
   * Puts a Markdown link around the selection, else around the anchor where its words still stand, else with the title
   * at the caret. Returns the words that carry it.
   */
  insertLink(title: string, url: string, anchor: Anchor | null): string;
  /** Marks a part of the text and brings it into view; null for none. */
  showPassage(passage: Span | null): void;
  /** Marks the words that a link could be put around; null for none. */
  showAnchor(anchor: Anchor | null): void;
  /** Back to the text, where the caret was. */
  focus(): void;
}

export interface EditorSlot {
  readonly port: EditorPort | null;
  /** Returns the function that takes the editor out again. */
  attach(port: EditorPort): () => void;
}

export function createEditorSlot(): EditorSlot {
  let current: EditorPort | null = null;
  return {
    get port() {
      return current;
    },
    attach: (port) => {
      current = port;
      return () => {
        if (current === port) current = null;
      };
    },
  };
}
