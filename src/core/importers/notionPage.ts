// A page of Notion's Markdown export: its id in the name of the file, its properties below its title.
import type { Fields } from './fieldValues.ts';

const ID = /^(.*?)[ _-]?([0-9a-f]{32})$/;
const PROPERTY = /^([\p{L}][\p{L}\p{N} _/()-]{0,60}):[ \t]+(\S.*)$/u;
const TITLE = /^# (.+)\r?\n/;

export interface NotionPage {
  id: string;
  /** Without the ids that Notion puts behind every name. */
  path: string;
  /** Properties of the database that the page stands in, names in lower case. */
  fields: Fields;
  body: string;
}

/** Null for a file that is not of Notion. */
export function notionPage(path: string, markdown: string): NotionPage | null {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
  const id = ID.exec(name)?.[2];
  if (id === undefined) return null;
  const plain = path
    .split('/')
    .map((part) => ID.exec(part.replace(/\.[^.]*$/, ''))?.[1] ?? part)
    .join('/');
  const title = TITLE.exec(markdown);
  const rest = title === null ? markdown : markdown.slice(title[0].length);
  const { fields, body } = splitProperties(rest);
  const named = title?.[1] === undefined ? fields : { ...fields, title: title[1] };
  return { id: `notion/${id}`, path: plain, fields: named, body };
}

/** Lines of "Name: value" between the title and the first blank line after them. */
function splitProperties(text: string): { fields: Fields; body: string } {
  const start = /^\s*/.exec(text)?.[0].length ?? 0;
  const lines = text.slice(start).split('\n');
  const end = lines.findIndex((line) => line.trim() === '');
  const block = lines.slice(0, end < 0 ? lines.length : end);
  const found = block.map((line) => PROPERTY.exec(line.trimEnd()));
  if (block.length === 0 || found.some((property) => property === null)) return { fields: {}, body: text };
  const fields = found.map((property) => [(property?.[1] ?? '').toLowerCase(), property?.[2] ?? ''] as const);
  return { fields: Object.fromEntries(fields), body: lines.slice(block.length).join('\n') };
}
