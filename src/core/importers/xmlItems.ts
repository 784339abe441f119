// Elements of an XML file of any size, one at a time as small trees: what lies between them is never kept.
import { Parser } from 'htmlparser2';
import { KindredError } from '../errors.ts';
import { decodeChunks } from './decodeChunks.ts';
import type { SourceFile } from './importer.ts';

export interface XmlElement {
  /** As written, with its prefix. */
  name: string;
  attributes: Readonly<Record<string, string>>;
  /** Its own text and that of its elements. */
  text: string;
  children: XmlElement[];
}

/** Deeper ones are made to break readers. */
const DEEPEST = 100;
/** Of one item, in UTF-16 code units: no post is longer. */
const LONGEST_ITEM = 32 * 1024 * 1024;
/** Elements of one item, which each cost more than their text. */
const MOST_ELEMENTS = 50_000;

interface Level {
  element: XmlElement;
  parts: string[];
}

/**
 * Every element named in `wanted`, closed, wherever it stands. Entities that a file declares are never unfolded. Rejects with
 * `feed-entities` when it declares any, `format-broken` when it is cut off, nests too deep or an item is too long.
 */
export async function* xmlItems(file: SourceFile, wanted: ReadonlySet<string>): AsyncGenerator<XmlElement> {
  const found: XmlElement[] = [];
  const open: Level[] = [];
  let depth = 0;
  let elements = 0;
  let length = 0;
  const root = { closed: false };
  const parser = new Parser(
    {
      onprocessinginstruction: (name, data) => {
        if (name.toLowerCase() === '!doctype' && /<!ENTITY|%/i.test(data)) throw entities(file.path);
      },
      onopentag: (name, attributes) => {
        if (++depth > DEEPEST) throw broken(file.path, `nests elements more than ${DEEPEST} levels deep`);
        if (open.length === 0 && !wanted.has(name)) return;
        if (open.length === 0) elements = length = 0;
        if (++elements > MOST_ELEMENTS) throw broken(file.path, 'has an item of too many elements');
        open.push({ element: { name, attributes: { ...attributes }, text: '', children: [] }, parts: [] });
      },
      ontext: (text) => {
        const level = open.at(-1);
        if (level === undefined) return;
        length += text.length;
        if (length > LONGEST_ITEM) throw broken(file.path, 'has an item that is too long');
        level.parts.push(text);
      },
      onclosetag: () => {
        depth--;
        root.closed = depth === 0;
        const level = open.pop();
        if (level === undefined) return;
        level.element.text = level.parts.join('');
        const parent = open.at(-1);
        if (parent === undefined) found.push(level.element);
        else parent.element.children.push(level.element);
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  for await (const text of decodeChunks(file)) {
    parser.write(text);
    yield* found.splice(0);
  }
  const wasWhole = root.closed;
  parser.end();
  if (!wasWhole) throw broken(file.path, 'is cut off');
  yield* found.splice(0);
}

/** The first child of a name, or undefined. */
export function child(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((one) => one.name === name);
}

/** The trimmed text of the first child of a name, or ''. */
export function childText(element: XmlElement, name: string): string {
  return child(element, name)?.text.trim() ?? '';
}

export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((one) => one.name === name);
}

function broken(item: string, what: string): KindredError {
  return new KindredError('format-broken', `${item} ${what}. Export it again and add that.`, { item });
}

function entities(item: string): KindredError {
  return new KindredError(
    'feed-entities',
    `${item} declares entities of its own, which can hide files or fill the memory, so it was not read. Export it again, or take out its DOCTYPE.`,
    { item },
  );
}
