// Collects running text block by block into a StructuredText: the one place where its offsets are made.
import type { BlockKind, StructuredText, TextBlock, TextLink } from '../../post.ts';
import { TEMPLATE_FILL } from './templateTags.ts';

// Controls, soft hyphens, zero-width spaces and byte order marks: seen by nobody, but they would split words. Joiners stay: scripts and emoji need them.

const INVISIBLE = new RegExp(
  `[\\u0000-\\u0008\\u000e-\\u001f\\u007f\\u00ad\\u200b\\u2060\\ufeff${TEMPLATE_FILL}]+`,
  'g',
);

const NEEDS_CLEANING = new RegExp(`[^\\S ]| {2}|[\\u0000-\\u001f\\u007f\\u00ad\\u200b\\u2060${TEMPLATE_FILL}]`);

const SEPARATOR = '\n\n';
const CELL_SEPARATOR = ' · ';

/** [start, end) in the source that a block was read from. */
export type SourceRange = readonly [start: number, end: number];

/** Readers of markup keep the nesting counters below true and call `boundary` wherever one block ends and another may begin. */
export class TextBuilder {
  quoteDepth = 0;
  listDepth = 0;
  /** Over 0 inside preformatted text, whose line ends and spaces are kept. */
  verbatimDepth = 0;
  /** 1 to 6 inside a heading, else 0. */
  headingLevel = 0;
  /** True from the start of a list item or table row until its first block is full. */
  itemPending = false;
  /** Where the block to come stands in the source, for readers that know. */
  source: SourceRange = [0, 0];

  readonly #parts: string[] = [];
  readonly #blocks: TextBlock[] = [];
  readonly #links: TextLink[] = [];
  readonly #sources: SourceRange[] = [];
  #length = 0;

  #run = '';
  #runIsVerbatim = false;
  #runEndsInSpace = true;
  #runBlock: { kind: BlockKind; level?: number } | null = null;
  #runSource: SourceRange = [0, 0];
  #runLinks: TextLink[] = [];
  #href: string | null = null;
  #hrefStart = 0;

  /** Adds text to the current block, or opens one of the kind that the nesting says. */
  append(text: string): void {
    if (this.#runBlock === null) this.#openRun();
    if (this.#runIsVerbatim) {
      this.#run += text.replace(INVISIBLE, '').replace(/\r\n?/g, '\n');
      return;
    }
    let clean = NEEDS_CLEANING.test(text) ? text.replace(INVISIBLE, '').replace(/\s+/g, ' ') : text;
    if (this.#runEndsInSpace && clean.startsWith(' ')) clean = clean.slice(1);
    if (clean === '') return;
    this.#run += clean;
    this.#runEndsInSpace = clean.endsWith(' ');
  }

  /** Parts a table cell from the one before it. */
  cell(): void {
    if (this.#run.length > 0) this.append(CELL_SEPARATOR);
  }

  /** The words from here to `closeLink` carry the address; null for one that must not be kept. */
  openLink(href: string | null): void {
    this.closeLink();
    this.#href = href;
    this.#hrefStart = this.#run.length;
  }

  closeLink(): void {
    if (this.#href !== null && this.#run.length > this.#hrefStart) {
      this.#runLinks.push({ start: this.#hrefStart, end: this.#run.length, href: this.#href });
    }
    this.#href = null;
  }

  /** Ends the current block. A link open across it goes on in the next. */
  boundary(): void {
    const href = this.#href;
    this.closeLink();
    this.#closeRun();
    this.#href = href;
    this.#hrefStart = 0;
  }

  /** Closes what is open and hands over everything; the builder is of no use afterwards. */
  finish(): { structured: StructuredText; sources: SourceRange[] } {
    this.boundary();
    return {
      structured: { text: this.#parts.join(SEPARATOR), blocks: this.#blocks, links: this.#links },
      sources: this.#sources,
    };
  }

  #openRun(): void {
    this.#runBlock = this.#blockHere();
    this.#runIsVerbatim = this.verbatimDepth > 0;
    this.#runSource = this.source;
  }

  #blockHere(): { kind: BlockKind; level?: number } {
    if (this.verbatimDepth > 0) return { kind: 'code' };
    if (this.headingLevel > 0) return { kind: 'heading', level: this.headingLevel };
    if (this.itemPending) return { kind: 'item', level: Math.max(1, this.listDepth) };
    return { kind: this.quoteDepth > 0 ? 'quote' : 'paragraph' };
  }

  #closeRun(): void {
    if (this.#runBlock === null) return;
    const text = this.#run.trim();
    if (text !== '') {
      const start = this.#length + (this.#parts.length > 0 ? SEPARATOR.length : 0);
      this.#parts.push(text);
      this.#length = start + text.length;
      this.#blocks.push({ ...this.#runBlock, start, end: this.#length });
      this.#sources.push(this.#runSource);
      if (this.#runLinks.length > 0) {
        const indent = this.#run.length - this.#run.trimStart().length;
        for (const link of this.#runLinks) this.#keepLink(link, text, start, indent);
      }
      this.itemPending = false;
    }
    this.#run = '';
    this.#runLinks = [];
    this.#runBlock = null;
    this.#runEndsInSpace = true;
  }

  /** Links shrink to their words: no white space at either end. */
  #keepLink(link: TextLink, text: string, offset: number, indent: number): void {
    let start = Math.max(0, link.start - indent);
    let end = Math.min(text.length, link.end - indent);
    while (start < end && /\s/.test(text.charAt(start))) start++;
    while (end > start && /\s/.test(text.charAt(end - 1))) end--;
    if (start < end) this.#links.push({ start: offset + start, end: offset + end, href: link.href });
  }
}
