// Where a Markdown link points: its own address, or the definition that its label names.
import { decodeEntities } from './decodeEntity.ts';

/** What is read of a node of the syntax tree. */
export interface SyntaxNode {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly firstChild: SyntaxNode | null;
  readonly nextSibling: SyntaxNode | null;
}

const DEFINITION = /^[ \t>]*\[((?:[^\\\]\n]|\\.){1,999})\]:[ \t]*(?:\n[ \t]*)?(<[^<>\n]*>|\S+)/gm;

/** Addresses by normalised label; the first definition of a label counts. */
export function linkDefinitions(source: string): ReadonlyMap<string, string> {
  const definitions = new Map<string, string>();
  if (!source.includes(']:')) return definitions;
  for (const [, label = '', address = ''] of source.matchAll(DEFINITION)) {
    const key = normaliseLabel(label);
    if (!definitions.has(key)) definitions.set(key, destination(address));
  }
  return definitions;
}

/** The address as written, or undefined for a bracket that nothing defines. */
export function markdownHref(
  link: SyntaxNode,
  source: string,
  definitions: ReadonlyMap<string, string>,
): string | undefined {
  let words: SyntaxNode | null = null;
  let close: SyntaxNode | null = null;
  let label = '';
  let marks = 0;
  for (let child = link.firstChild; child !== null; child = child.nextSibling) {
    if (child.name === 'URL' && close !== null) return destination(source.slice(child.from, child.to));
    if (child.name === 'LinkLabel') label = source.slice(child.from + 1, child.to - 1);
    if (child.name !== 'LinkMark') continue;
    marks++;
    if (words === null) words = child;
    else close ??= source.charAt(child.from) === ']' ? child : null;
  }
  if (words === null || close === null) return undefined;
  if (marks > 2) return ''; // `[words]()`
  return definitions.get(normaliseLabel(label.trim() === '' ? source.slice(words.to, close.from) : label));
}

function normaliseLabel(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase();
}

function destination(written: string): string {
  const bare = written.startsWith('<') && written.endsWith('>') ? written.slice(1, -1) : written;
  return decodeEntities(bare.replace(/\\([!-/:-@[-`{-~])/g, '$1'));
}
