// The front matter of a Markdown file: YAML between ---, TOML between +++, or one JSON object.
import { KindredError } from '../errors.ts';
import { asFields } from './fieldValues.ts';
import type { Fields } from './fieldValues.ts';
import type * as Languages from './fieldLanguages.ts';
import { indentQuoted, unclosedQuoteLine } from './indentQuoted.ts';
import { lazyPart } from './lazyParts.ts';

export interface FrontMatter {
  /** Keys in lower case; taxonomies and parameters of Hugo and Zola stand beside the rest. Empty where there is none. */
  fields: Fields;
  body: string;
}

/** Front matter is typed by hand: more than this is a file of data, and YAML is slow to read. */
const MOST_CHARS = 262_144;
const NESTED_TABLES = ['params', 'extra', 'taxonomies'];

/** Blank lines may come first. */
const OPENING = /^((?:[^\S\n]*\n)*)(---|\+\+\+)[^\S\n]*\r?\n/;
const CLOSINGS = { '---': /^(?:---|\.\.\.)[^\S\n]*$/m, '+++': /^\+\+\+[^\S\n]*$/m };
const LOOKS_LIKE_A_FIELD = /^[\w-]+\s*[:=]/;

/** Throws `front-matter-broken`, with the line in the file, when it is opened and cannot be read. */
export async function splitFrontMatter(text: string, item: string): Promise<FrontMatter> {
  if (text.startsWith('{')) return splitJson(text, item);
  const opening = OPENING.exec(text);
  if (opening === null) return { fields: {}, body: text };
  const mark = opening[2] === '+++' ? '+++' : '---';
  const line = (opening[1] ?? '').split('\n').length;
  const rest = text.slice(opening[0].length);
  const closing = CLOSINGS[mark].exec(rest);
  if (closing === null) {
    // A line of dashes with text below it is a rule, not front matter.
    if (!LOOKS_LIKE_A_FIELD.test(rest)) return { fields: {}, body: text };
    throw broken(item, line, `opens with ${mark}, and no line of ${mark} closes it`);
  }
  const written = rest.slice(0, closing.index);
  checkSize(written, item);
  const languages = await lazyPart('front matter', item);
  const read = mark === '---' ? readYaml : readToml;
  const value = read(written, item, line, languages);
  const fields = asFields(value);
  if (fields === null && typeof value === 'string') return { fields: {}, body: text };
  return { fields: flatten(fields ?? {}), body: rest.slice(closing.index + closing[0].length) };
}

function readYaml(
  written: string,
  item: string,
  firstLine: number,
  { parseYaml, plainYaml, errorLine }: typeof Languages,
): unknown {
  const plain = plainYaml(written);
  if (plain !== undefined) return plain;
  const repaired = indentQuoted(written);
  // What is plain once it is repaired was broken or means the same, and the parser takes long to say which.
  const plainRepaired = repaired === written ? undefined : plainYaml(repaired);
  if (plainRepaired !== undefined) return plainRepaired;
  try {
    return parseYaml(written);
  } catch (error) {
    if (repaired !== written) {
      try {
        return parseYaml(repaired);
      } catch {
        // The first error is the one that tells of the file as it is.
      }
    }
    // Of a missing quote the parser says where it gave up; the author looks for where the quote opens.
    const line = unclosedQuoteLine(written) ?? errorLine(error);
    throw broken(item, firstLine + line, `is not valid YAML (${reason(error)})`, error);
  }
}

function readToml(
  written: string,
  item: string,
  firstLine: number,
  { parseToml, errorLine }: typeof Languages,
): unknown {
  try {
    return parseToml(written);
  } catch (error) {
    throw broken(item, firstLine + errorLine(error), `is not valid TOML (${reason(error)})`, error);
  }
}

function splitJson(text: string, item: string): FrontMatter {
  const end = endOfObject(text);
  if (end === null) throw broken(item, 1, 'opens with { and is never closed');
  try {
    return { fields: flatten(asFields(JSON.parse(text.slice(0, end))) ?? {}), body: text.slice(end) };
  } catch (error) {
    throw broken(item, 1, `is not valid JSON (${reason(error)})`, error);
  }
}

function endOfObject(text: string): number | null {
  let depth = 0;
  let inString = false;
  const limit = Math.min(text.length, MOST_CHARS);
  for (let i = 0; i < limit; i++) {
    const char = text.charAt(i);
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return i + 1;
  }
  return null;
}

function flatten(fields: Fields): Fields {
  const flat: [string, unknown][] = [];
  for (const name of NESTED_TABLES) {
    const table = Object.hasOwn(fields, name) ? asFields(fields[name]) : null;
    if (table !== null) flat.push(...Object.entries(table));
  }
  flat.push(...Object.entries(fields));
  return Object.fromEntries(flat.map(([key, value]) => [key.toLowerCase(), value]));
}

function checkSize(written: string, item: string): void {
  if (written.length > MOST_CHARS) throw broken(item, 1, `is longer than ${MOST_CHARS / 1024} KB`);
}

/** What the parser says, without its own count of lines, which starts at the front matter. */
function reason(error: unknown): string {
  const message = (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
  return message.replace(/ at line \d+, column \d+/, '').replace(/[:.\s]+$/, '');
}

function broken(item: string, line: number, what: string, cause?: unknown): KindredError {
  return new KindredError(
    'front-matter-broken',
    `The front matter of ${item} ${what}: see line ${line}. Correct it and import the file again.`,
    cause === undefined ? { item } : { item, cause },
  );
}
