// HTML as text with its structure: markup is read in one pass and never kept.
import { Parser } from 'htmlparser2';
import { KindredError } from '../../errors.ts';
import type { StructuredText } from '../../post.ts';
import { altText } from './altText.ts';
import { safeHref } from './safeHref.ts';
import { TextBuilder } from './textBuilder.ts';

/** Elements whose content is no text of the post. */
const DROPPED = new Set(
  'script style noscript iframe template object embed svg math canvas audio video head title select textarea button'.split(
    ' ',
  ),
);

const BLOCKS = new Set(
  (
    'address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
    'header hr html legend li main nav ol p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
);

const HEADING = /^h([1-6])$/;

/** Browsers stop nesting at 512; a page past this was made to break readers, and the parser's stack costs time by its depth. */
const DEEPEST = 1000;

/**
 * Reads HTML piece by piece into a builder. Text that lies between pieces of markup (as in Markdown) comes in by `text`
 * and obeys the elements that are open. Throws `format-broken` when elements nest too deep.
 */
export class HtmlReader {
  readonly #builder: TextBuilder;
  readonly #parser: Parser;
  #depth = 0;
  #droppedDepth = 0;
  #breaks = 0;

  constructor(builder: TextBuilder) {
    this.#builder = builder;
    this.#parser = new Parser({
      onopentag: (name, attributes) => this.#open(name, attributes),
      onclosetag: (name) => this.#close(name),
      ontext: (text) => this.text(text),
    });
  }

  write(html: string): void {
    this.#parser.write(html);
  }

  text(text: string): void {
    if (this.#droppedDepth > 0) return;
    if (this.#breaks > 0 && text.trim() !== '') this.#breaks = 0;
    this.#builder.append(text);
  }

  /** Closes the elements left open and makes the reader ready for another piece. */
  end(): void {
    this.#parser.end();
    this.#parser.reset();
    this.#depth = 0;
    this.#droppedDepth = 0;
    this.#breaks = 0;
  }

  #open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (++this.#depth > DEEPEST) {
      throw new KindredError(
        'format-broken',
        `Its elements nest more than ${DEEPEST} levels deep: flatten them and try again.`,
      );
    }
    if (this.#droppedDepth > 0 || DROPPED.has(name)) {
      this.#droppedDepth++;
      return;
    }
    const builder = this.#builder;
    if (BLOCKS.has(name)) builder.boundary();
    const heading = HEADING.exec(name)?.[1];
    if (heading !== undefined) builder.headingLevel = Number(heading);
    switch (name) {
      case 'ul':
      case 'ol':
        builder.listDepth++;
        break;
      case 'li':
      case 'tr':
        builder.itemPending = true;
        break;
      case 'td':
      case 'th':
        builder.cell();
        break;
      case 'blockquote':
        builder.quoteDepth++;
        break;
      case 'pre':
        builder.verbatimDepth++;
        break;
      case 'br':
        this.#lineBreak();
        break;
      case 'a':
        builder.openLink(safeHref(attributes['href'] ?? ''));
        break;
      case 'img':
        builder.append(altText(attributes['alt'] ?? ''));
        break;
    }
  }

  #close(name: string): void {
    this.#depth--;
    if (this.#droppedDepth > 0) {
      this.#droppedDepth--;
      return;
    }
    const builder = this.#builder;
    if (BLOCKS.has(name)) builder.boundary();
    if (HEADING.test(name)) builder.headingLevel = 0;
    switch (name) {
      case 'ul':
      case 'ol':
        builder.listDepth = Math.max(0, builder.listDepth - 1);
        builder.itemPending = false;
        break;
      case 'li':
      case 'tr':
        builder.itemPending = false;
        break;
      case 'blockquote':
        builder.quoteDepth = Math.max(0, builder.quoteDepth - 1);
        break;
      case 'pre':
        builder.verbatimDepth = Math.max(0, builder.verbatimDepth - 1);
        break;
      case 'a':
        builder.closeLink();
        break;
    }
  }

  /** One is a line end, two in a row part paragraphs: how older editors wrote them. */
  #lineBreak(): void {
    if (this.#builder.verbatimDepth > 0) this.#builder.append('\n');
    else if (++this.#breaks >= 2) this.#builder.boundary();
    else this.#builder.append(' ');
  }
}

/** The text of an HTML page or fragment. Linear in its length. Throws `format-broken` when elements nest over 1,000 deep. */
export function htmlToText(html: string): StructuredText {
  const builder = new TextBuilder();
  const reader = new HtmlReader(builder);
  reader.write(html);
  reader.end();
  return builder.finish().structured;
}
