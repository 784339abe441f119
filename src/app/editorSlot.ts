// Where the mounted editor offers itself to commands that live outside it.

export interface EditorPort {
  /** Puts a Markdown link at the caret; a selection becomes its words. */
  insertLink(title: string, url: string): void;
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
