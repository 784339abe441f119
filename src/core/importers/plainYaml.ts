// The YAML that nearly all front matter is written in, read line by line: many times the speed of a parser of the whole language.
import type { Fields } from './fieldValues.ts';

/** Tabs, controls, marks of byte order, and white space that YAML takes for text. */
const UNUSUAL =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0009\u000b-\u001f\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/;
const NOTHING = /^(?: *|#.*)$/;
const KEY = /^( *)([A-Za-z][\w-]{0,99}(?: [\w-]{1,99}){0,3}):(?: +|$)/;
const ITEM = /^( *)- +/;
const QUOTED = /^(?:"((?:[^"\\]|\\["\\/])*)"|'((?:[^']|'')*)') *$/;
const OPEN_QUOTE = /^(?:"(?:[^"\\]|\\["\\/])*|'(?:[^']|'')*)$/;
/** Nothing that could be the start of anything but text or a number. */
const STARTS_PLAIN = /^ *[\p{L}\p{N}(/$“‘]/u;
/** Begins a value or a comment within plain text. */
const ENDS_PLAIN = /:(?: |$)| #/;
/** Longer scalars are for the parser. */
const MOST_LINES = 100;
const FLOW_ITEM = /(?:"([^"\\]*)"|'([^']*)'|([A-Za-z][\w .()/-]*)) *(?:, *|$)/y;

/** What the core schema takes for no string. */
const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['null', null],
  ['true', true],
  ['false', false],
]);
const WORD_OF_YAML = /^(?:null|true|false)$/i;
const WHOLE_NUMBER = /^(?:0|[1-9]\d{0,14})$/;
/** A digit first, and no number all the same: a date, or a character that no number has. */
const NO_NUMBER = /^\d{4}-\d|^(?!0[xo]).*[^\d.eE+-]/;

/**
 * The mapping that a YAML 1.2 parser with the core schema gives, for the plain part of the language: mappings of scalars, of lists of scalars and of such
 * mappings. Undefined for anything else, broken YAML too: whoever asks has a parser for it. Linear in the length.
 */
export function plainYaml(yaml: string): Fields | undefined {
  const text = yaml.includes('\r') ? yaml.replaceAll('\r\n', '\n') : yaml;
  return UNUSUAL.test(text) ? undefined : new PlainReader(text.split('\n')).read();
}

class PlainReader {
  readonly #lines: readonly string[];
  #at = 0;

  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  read(): Fields | undefined {
    const isEmpty = this.#peek() === undefined;
    const fields = this.#mapping(0);
    return isEmpty || this.#peek() !== undefined ? undefined : fields;
  }

  /** The next line that says anything. */
  #peek(): string | undefined {
    while (this.#at < this.#lines.length && NOTHING.test(this.#lines[this.#at] ?? '')) this.#at++;
    return this.#lines[this.#at];
  }

  /** Keys that are indented alike, up to the first line that is none. */
  #mapping(indent: number): Fields | undefined {
    const fields: Record<string, unknown> = {};
    for (let line = this.#peek(); line !== undefined; line = this.#peek()) {
      const [opening, spaces, key] = KEY.exec(line) ?? [];
      if (opening === undefined || spaces?.length !== indent) break;
      if (key === undefined || WORD_OF_YAML.test(key)) return undefined;
      this.#at++;
      const value = this.#value(line.slice(opening.length), indent);
      if (value === undefined) return undefined;
      fields[key] = value;
    }
    return fields;
  }

  #value(written: string, indent: number): unknown {
    if (written.startsWith('[')) return flowSequence(written);
    if (written !== '') return this.#scalar(written, indent);
    const below = this.#peek() ?? '';
    const item = ITEM.exec(below)?.[1]?.length ?? -1;
    if (item >= indent) return this.#sequence(item);
    const key = KEY.exec(below)?.[1]?.length ?? -1;
    return key > indent ? this.#mapping(key) : null;
  }

  #sequence(indent: number): unknown[] | undefined {
    const items: unknown[] = [];
    for (let line = this.#peek(); line !== undefined; line = this.#peek()) {
      const [opening, spaces] = ITEM.exec(line) ?? [];
      if (opening === undefined || spaces?.length !== indent) break;
      this.#at++;
      const item = scalar(line.slice(opening.length));
      if (item === undefined) return undefined;
      items.push(item);
    }
    return items;
  }

  /**
   * A scalar of a key, which runs on over lines that are indented further. Not one with a quotation mark at the end of a line: were it not indented, the
   * parser would take that for its end.
   */
  #scalar(written: string, indent: number): unknown {
    const quote = written.charAt(0);
    const isQuoted = quote === '"' || quote === "'";
    let whole = written;
    for (const last = this.#at + MOST_LINES; this.#at < last; this.#at++) {
      const line = this.#lines[this.#at] ?? '';
      const text = line.trimStart();
      if (text === '' || line.length - text.length <= indent) break;
      const runsOn = isQuoted ? OPEN_QUOTE.test(whole) && !whole.endsWith(quote) : STARTS_PLAIN.test(text);
      if (!runsOn) break;
      whole = `${whole.trimEnd()} ${text}`;
    }
    return scalar(whole);
  }
}

function scalar(written: string): unknown {
  const quoted = QUOTED.exec(written);
  if (quoted !== null) return quoted[1]?.replace(/\\(.)/g, '$1') ?? quoted[2]?.replaceAll("''", "'");
  if (!STARTS_PLAIN.test(written) || ENDS_PLAIN.test(written)) return undefined;
  return plain(written.trimEnd());
}

function plain(text: string): unknown {
  if (WORD_OF_YAML.test(text)) return WORDS.get(text);
  if (!/^\d/.test(text) || NO_NUMBER.test(text)) return text;
  return WHOLE_NUMBER.test(text) ? Number(text) : undefined;
}

function flowSequence(written: string): unknown[] | undefined {
  const whole = written.trimEnd();
  if (!whole.endsWith(']')) return undefined;
  const inner = whole.slice(1, -1).trim();
  const items: unknown[] = [];
  for (FLOW_ITEM.lastIndex = 0; FLOW_ITEM.lastIndex < inner.length;) {
    const item = FLOW_ITEM.exec(inner);
    if (item === null) return undefined;
    const value = item[1] ?? item[2] ?? plain((item[3] ?? '').trimEnd());
    if (value === undefined) return undefined;
    items.push(value);
  }
  return items;
}
