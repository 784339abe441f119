// Plain text as paragraphs.
import type { StructuredText } from '../../post.ts';
import { TextBuilder } from './textBuilder.ts';

/** Paragraphs parted by blank lines; single line ends become spaces. Linear in the length. */
export function plainToText(plain: string): StructuredText {
  const builder = new TextBuilder();
  for (const paragraph of plain.split(/\r?\n[^\S\n]*(?:\r?\n[^\S\n]*)+/)) {
    builder.append(paragraph);
    builder.boundary();
  }
  return builder.finish().structured;
}
