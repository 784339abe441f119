// Markdown as text with its structure, as `markdownToText`: what most posts are made of, paragraphs and headings at the margin, is read without a tree.
import type { MarkdownParser } from '@lezer/markdown';
import type { StructuredText } from '../../post.ts';
import type { SyntaxNode } from './markdownLinks.ts';
import { markdownParts } from './markdownParts.ts';
import type { MarkdownPart } from './markdownParts.ts';
import { MarkdownReader } from './markdownReader.ts';
import type { TreeNode } from './markdownReader.ts';
import { grammarFor, readableMarkdown } from './markdownTree.ts';
import { plainUntil } from './plainRun.ts';

/** The same as `markdownToText`, in less time. Throws as it does. */
export function markdownByParts(markdown: string): StructuredText {
  const source = readableMarkdown(markdown);
  const reader = new PartReader(source);
  for (const part of markdownParts(source)) reader.read(part);
  return reader.finish();
}

/** As the grammar gives them for one run of inline text. */
interface InlineElement {
  readonly type: number;
  readonly from: number;
  readonly to: number;
  readonly children: readonly InlineElement[];
}

class PartReader {
  readonly #source: string;
  readonly #grammar: MarkdownParser;
  readonly #reader: MarkdownReader;

  constructor(source: string) {
    this.#source = source;
    this.#grammar = grammarFor(source);
    this.#reader = new MarkdownReader(source);
  }

  finish(): StructuredText {
    return this.#reader.finish().structured;
  }

  read({ kind, from, to }: MarkdownPart): void {
    const text = this.#source.slice(from, to);
    this.#reader.goOnWith(text);
    switch (kind) {
      case 'paragraph':
        this.#leaf('Paragraph', text, () => this.#inline(text, 0));
        break;
      case 'heading':
        this.#heading(text);
        break;
      case 'code':
        this.#leaf('FencedCode', text, () => this.#reader.enter(block('CodeText', 0, text.length)));
        break;
      case 'other':
        this.#grammar.parse(text).iterate({
          enter: (node) => this.#reader.enter(node),
          leave: (node) => this.#reader.leave(node),
        });
    }
  }

  #leaf(name: string, text: string, readInner: () => void): void {
    const node = block(name, 0, text.length);
    this.#reader.enter(node);
    readInner();
    this.#reader.leave(node);
  }

  /** Between its marks, of which those at the end are optional. */
  #heading(line: string): void {
    const size = /^#+/.exec(line)?.[0].length ?? 0;
    const [, mark = '', space = ''] = /[ \t](#+)([ \t]*)$/.exec(line) ?? [];
    const end = line.length - space.length;
    const to = end - mark.length;
    this.#leaf(`ATXHeading${size}`, line, () => {
      this.#reader.enter(block('HeaderMark', 0, size));
      this.#inline(line.slice(size + 1, to), size + 1);
      if (mark !== '') this.#reader.enter(block('HeaderMark', to, end));
    });
  }

  #inline(text: string, offset: number): void {
    if (plainUntil(text, 0) < text.length) this.#elements(this.#grammar.parseInline(text, offset) as InlineElement[]);
  }

  #elements(elements: readonly InlineElement[]): void {
    for (let index = 0; index < elements.length; index++) {
      const node = new ElementNode(elements, index, this.#grammar);
      if (this.#reader.enter(node)) this.#elements(elements[index]?.children ?? []);
    }
  }
}

function block(name: string, from: number, to: number): TreeNode {
  return { name, from, to, node: { name, from, to, firstChild: null, nextSibling: null } };
}

class ElementNode implements TreeNode, SyntaxNode {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly #siblings: readonly InlineElement[];
  readonly #index: number;
  readonly #grammar: MarkdownParser;

  constructor(siblings: readonly InlineElement[], index: number, grammar: MarkdownParser) {
    const { type, from, to } = siblings[index]!;
    this.name = grammar.nodeSet.types[type]?.name ?? '';
    this.from = from;
    this.to = to;
    this.#siblings = siblings;
    this.#index = index;
    this.#grammar = grammar;
  }

  get node(): SyntaxNode {
    return this;
  }

  get firstChild(): SyntaxNode | null {
    const children = this.#siblings[this.#index]?.children ?? [];
    return children.length === 0 ? null : new ElementNode(children, 0, this.#grammar);
  }

  get nextSibling(): SyntaxNode | null {
    const next = this.#index + 1;
    return next < this.#siblings.length ? new ElementNode(this.#siblings, next, this.#grammar) : null;
  }
}
