// Texts as JSON Lines: one {"id", "text"} a line.
import { readFile } from 'node:fs/promises';

export interface TextLine {
  id: string;
  text: string;
}

/** Blank lines are skipped; any other line that is not {"id", "text"} is an error that names the file and the line. */
export async function readTextLines(path: string): Promise<TextLine[]> {
  return parseTextLines(await readFile(path, 'utf8'), path);
}

export function parseTextLines(content: string, path: string): TextLine[] {
  return content.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const where = `${path}, line ${index + 1}`;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (cause) {
      throw new Error(`${where}: not JSON. Write one {"id", "text"} a line.`, { cause });
    }
    if (typeof value !== 'object' || value === null)
      throw new Error(`${where}: must be an object with "id" and "text".`);
    const id =
      'id' in value && (typeof value.id === 'string' || typeof value.id === 'number') ? String(value.id) : null;
    if (id === null) throw new Error(`${where}: "id" must be a text or a number.`);
    if (!('text' in value) || typeof value.text !== 'string') throw new Error(`${where}: "text" must be a text.`);
    return [{ id, text: value.text }];
  });
}
