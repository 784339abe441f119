// Walks the syntax tree of one Markdown text and hands its words to a TextBuilder.
import type { StructuredText } from '../../post.ts';
import { altText } from './altText.ts';
import { decodeEntity } from './decodeEntity.ts';
import { HtmlReader } from './html.ts';
import { linkDefinitions, markdownHref } from './markdownLinks.ts';
import type { SyntaxNode } from './markdownLinks.ts';
import { safeHref } from './safeHref.ts';
import { TextBuilder } from './textBuilder.ts';
import type { SourceRange } from './textBuilder.ts';

/** What the reader needs to know of a node of the syntax tree. */
export interface TreeNode {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly node: SyntaxNode;
}

/** A link being read: its end, or literal brackets where nothing defines the address. */
interface OpenLink {
  to: number;
  literal: boolean;
}

/** Blocks whose text is read between their marks, with the level of a heading, else 0. */
const LEAVES: ReadonlyMap<string, number> = new Map([
  ...['Paragraph', 'Task', 'TableRow', 'TableHeader'].map((name) => [name, 0] as const),
  ...[1, 2, 3, 4, 5, 6].map((level) => [`ATXHeading${level}`, level] as const),
  ...[1, 2].map((level) => [`SetextHeading${level}`, level] as const),
]);

/** Nodes come in document order; text is what lies between the marks within a leaf block. */
export class MarkdownReader {
  #source: string;
  readonly #builder = new TextBuilder();
  /** Of the first HTML on. */
  #htmlReader: HtmlReader | null = null;
  readonly #definitions: ReadonlyMap<string, string>;
  readonly #links: OpenLink[] = [];
  /** Source up to here has been read. */
  #at = 0;
  #inLeaf = false;
  #htmlOpen = false;

  constructor(source: string) {
    this.#source = source;
    this.#definitions = linkDefinitions(source);
  }

  /** What comes next lies in a part of the source, and counts from its start. */
  goOnWith(part: string): void {
    this.#source = part;
    this.#at = 0;
  }

  finish(): { structured: StructuredText; sources: SourceRange[] } {
    return this.#builder.finish();
  }

  get #html(): HtmlReader {
    return (this.#htmlReader ??= new HtmlReader(this.#builder));
  }

  /** False to pass over the children. */
  enter(node: TreeNode): boolean {
    return this.#inLeaf ? this.#enterInline(node) : this.#enterBlock(node);
  }

  leave(node: TreeNode): void {
    const builder = this.#builder;
    switch (node.name) {
      case 'Blockquote':
        builder.quoteDepth--;
        break;
      case 'BulletList':
      case 'OrderedList':
        builder.listDepth--;
        builder.itemPending = false;
        break;
      case 'FencedCode':
      case 'CodeBlock':
        builder.boundary();
        builder.verbatimDepth = 0;
        break;
      case 'TableCell':
        this.#flush(node.to);
        break;
      default:
        if (LEAVES.has(node.name)) this.#closeLeaf(node.to);
    }
  }

  #enterBlock(node: TreeNode): boolean {
    const builder = this.#builder;
    const level = LEAVES.get(node.name);
    if (level !== undefined) {
      this.#openLeaf(node, level);
      return true;
    }
    switch (node.name) {
      case 'Blockquote':
        builder.quoteDepth++;
        return true;
      case 'BulletList':
      case 'OrderedList':
        builder.listDepth++;
        return true;
      case 'ListItem':
        builder.itemPending = true;
        return true;
      case 'FencedCode':
      case 'CodeBlock':
        builder.source = [node.from, node.to];
        builder.verbatimDepth = 1;
        return true;
      case 'CodeText':
        builder.append(this.#source.slice(node.from, node.to));
        return false;
      case 'HTMLBlock':
        this.#readHtmlBlock(node);
        return false;
      case 'LinkReference':
        this.#readFootnote(node);
        return false;
      default:
        return node.name === 'Document' || node.name === 'Table';
    }
  }

  #openLeaf(node: TreeNode, level: number): void {
    this.#builder.source = [node.from, node.to];
    this.#builder.headingLevel = level;
    if (node.name === 'TableRow' || node.name === 'TableHeader') this.#builder.itemPending = true;
    this.#inLeaf = true;
    this.#at = node.from;
  }

  #closeLeaf(to: number): void {
    this.#flush(to);
    if (this.#htmlOpen) this.#html.end();
    this.#htmlOpen = false;
    this.#builder.boundary();
    this.#builder.headingLevel = 0;
    this.#links.length = 0;
    this.#inLeaf = false;
  }

  #enterInline(node: TreeNode): boolean {
    if (node.to <= this.#at) return false;
    switch (node.name) {
      case 'Emphasis':
      case 'StrongEmphasis':
      case 'Strikethrough':
      case 'InlineCode':
      case 'Autolink':
        return true;
      case 'TableCell':
        this.#flush(node.from);
        this.#builder.cell();
        return true;
      case 'Link':
        return this.#enterLink(node);
      case 'LinkMark':
        this.#readLinkMark(node);
        return false;
      case 'LinkLabel':
        return false;
      case 'URL':
        this.#flush(node.from);
        this.#readBareUrl(node);
        break;
      case 'Image':
        this.#flush(node.from);
        this.#builder.append(altText(imageAlt(node.node, this.#source)));
        break;
      case 'Escape':
        this.#flush(node.from);
        this.#emit(this.#source.slice(node.from + 1, node.to));
        break;
      case 'Entity':
        this.#flush(node.from);
        this.#emit(decodeEntity(this.#source.slice(node.from, node.to)));
        break;
      case 'HardBreak':
        this.#flush(node.from);
        this.#emit(' ');
        break;
      case 'HTMLTag':
        this.#flush(node.from);
        this.#htmlOpen = true;
        this.#html.write(this.#source.slice(node.from, node.to));
        break;
      default:
        // Marks of headings, quotes, emphasis, code, tasks and tables, and comments: no text.
        this.#flush(node.from);
    }
    this.#at = node.to;
    return false;
  }

  #enterLink(node: TreeNode): boolean {
    this.#flush(node.from);
    const written = this.#source.slice(node.from, node.to);
    if (written.startsWith('[^')) {
      this.#at = node.to + (this.#source.startsWith(':', node.to) ? 1 : 0);
      return false;
    }
    const href = markdownHref(node.node, this.#source, this.#definitions);
    this.#links.push({ to: node.to, literal: href === undefined });
    if (href !== undefined) this.#builder.openLink(safeHref(href));
    return true;
  }

  /** An opening bracket goes; the closing one ends the words of the link, and the address after it is passed over. */
  #readLinkMark(node: TreeNode): void {
    while ((this.#links.at(-1)?.to ?? Infinity) <= node.from) this.#links.pop();
    const link = this.#links.at(-1);
    if (link?.literal === true) return;
    this.#flush(node.from);
    this.#at = node.to;
    if (link === undefined || this.#source.charAt(node.from) !== ']') return;
    this.#builder.closeLink();
    this.#at = link.to;
    this.#links.pop();
  }

  #readBareUrl(node: TreeNode): void {
    const written = this.#source.slice(node.from, node.to);
    const isMail = written.includes('@') && !/^[a-z]+:/i.test(written);
    const href = isMail ? `mailto:${written}` : /^www\./i.test(written) ? `http://${written}` : written;
    this.#builder.openLink(safeHref(href));
    this.#emit(written);
    this.#builder.closeLink();
  }

  #readHtmlBlock(node: TreeNode): void {
    this.#builder.boundary();
    this.#builder.source = [node.from, node.to];
    let at = node.from;
    // Within a quote its marks stand at the start of each line.
    for (let child = node.node.firstChild; child !== null; child = child.nextSibling) {
      this.#html.write(this.#source.slice(at, child.from));
      at = child.to;
    }
    this.#html.write(this.#source.slice(at, node.to));
    this.#html.end();
    this.#builder.boundary();
  }

  /** The grammar takes a footnote of one word for a definition. */
  #readFootnote(node: TreeNode): void {
    const written = this.#source.slice(node.from, node.to);
    if (!written.startsWith('[^')) return;
    this.#builder.source = [node.from, node.to];
    this.#builder.append(written.slice(written.indexOf(']:') + 2));
    this.#builder.boundary();
  }

  #flush(to: number): void {
    if (to <= this.#at) return;
    this.#emit(this.#source.slice(this.#at, to));
    this.#at = to;
  }

  #emit(text: string): void {
    if (this.#htmlOpen) this.#html.text(text);
    else this.#builder.append(text);
  }
}

function imageAlt(image: SyntaxNode, source: string): string {
  const open = image.firstChild;
  let close = open?.nextSibling ?? null;
  while (close !== null && !(close.name === 'LinkMark' && source.charAt(close.from) === ']')) close = close.nextSibling;
  return open === null || close === null ? '' : source.slice(open.to, close.from).replace(/[*_`\\]/g, '');
}
