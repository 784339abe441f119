// Collects running text block by block into a StructuredText: the one place where its offsets are made.
import type { BlockKind, StructuredText, TextBlock, TextLink } from '../../post.ts';
import { TEMPLATE_FILL } from './templateTags.ts';

// Controls, soft hyphens, zero-width spaces and byte order marks: seen by nobody, but they would split words. Joiners stay: scripts and emoji need them.
const UNSEEN = `[\\u0000-\\u0008\\u000e-\\u001f\\u007f\\u00ad\\u200b\\u2060\\ufeff${TEMPLATE_FILL}]+`;

const INVISIBLE = new RegExp(UNSEEN, 'g');
const NEEDS_CLEANING = new RegExp(`[^\\S ]| {2}|${UNSEEN}`);

/** White space other than one space. */
const UNEVEN_SPACE = / *[^\S ]\s*| {2,}/g;

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
  #runKind: BlockKind | null = null;
  /** 0 for none. */
  #runLevel = 0;
  #runSource: SourceRange = [0, 0];
  #runLinks: TextLink[] = [];
  #href: string | null = null;
  #hrefStart = 0;

  /** Adds text to the current block, or opens one of the kind that the nesting says. */
  append(text: string): void {
    if (this.#runKind === null) this.#openRun();
    if (this.#runIsVerbatim) {
      this.#run += text.replace(INVISIBLE, '').replace(/\r\n?/g, '\n');
      return;
    }
    let clean = NEEDS_CLEANING.test(text) ? text.replace(INVISIBLE, '').replace(UNEVEN_SPACE, ' ') : text;
    if (clean.startsWith(' ')) {
      if (this.#runEndsInSpace) clean = clean.slice(1);
      else if (this.#run.length === this.#hrefStart) this.#hrefStart++;
    }
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
    const end = this.#run.length - (this.#runIsVerbatim || !this.#runEndsInSpace ? 0 : 1);
    if (this.#href !== null && end > this.#hrefStart) {
      this.#runLinks.push({ start: this.#hrefStart, end, href: this.#href });
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
    this.#runLevel = 0;
    this.#runKind = this.#kindHere();
    this.#runIsVerbatim = this.verbatimDepth > 0;
    this.#runSource = this.source;
  }

  /** And its level. */
  #kindHere(): BlockKind {
    if (this.verbatimDepth > 0) return 'code';
    if (this.headingLevel > 0) {
      this.#runLevel = this.headingLevel;
      return 'heading';
    }
    if (this.itemPending) {
      this.#runLevel = Math.max(1, this.listDepth);
      return 'item';
    }
    return this.quoteDepth > 0 ? 'quote' : 'paragraph';
  }

  #closeRun(): void {
    const [kind, level] = [this.#runKind, this.#runLevel];
    if (kind === null) return;
    // Text that is not kept as it was begins with no space and ends in one at most; looking at its letters would copy it.
    const text = this.#runIsVerbatim ? this.#run.trim() : this.#runEndsInSpace ? this.#run.slice(0, -1) : this.#run;
    if (text !== '') {
      const start = this.#length + (this.#parts.length > 0 ? SEPARATOR.length : 0);
      this.#parts.push(text);
      this.#length = start + text.length;
      const end = this.#length;
      this.#blocks.push(level === 0 ? { kind, start, end } : { kind, level, start, end });
      this.#sources.push(this.#runSource);
      for (const link of this.#runLinks) this.#keepLink(link, text, start);
      this.itemPending = false;
    }
    this.#run = '';
    this.#runLinks = [];
    this.#runKind = null;
    this.#runEndsInSpace = true;
  }

  /** Links shrink to their words: no white space at either end. */
  #keepLink(link: TextLink, text: string, offset: number): void {
    let { start, end } = link;
    if (this.#runIsVerbatim) {
      const indent = this.#run.length - this.#run.trimStart().length;
      start = Math.max(0, start - indent);
      end = Math.min(text.length, end - indent);
      while (start < end && /\s/.test(text.charAt(start))) start++;
      while (end > start && /\s/.test(text.charAt(end - 1))) end--;
    }
    if (start < end) this.#links.push({ start: offset + start, end: offset + end, href: link.href });
  }
}
