// Drafts of other sites: a library has nothing to say to them.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { opening, readPosts, type SitePost } from './site.ts';

export interface Stranger {
  /** Where its drafts are from. */
  name: string;
  posts: SitePost[];
}

/** Posts with fewer words say too little to be taken for a draft. */
const LEAST_WORDS = 40;

/**
 * At most `most` telling posts of each source, evenly over the whole. A source is a folder `blog-NAME` with posts.jsonl, or
 * a folder with posts.tsv of titles and texts. Throws when it is neither.
 */
export function readStrangers(data: string, names: readonly string[], most: number): Stranger[] {
  return names.map((name) => ({ name, posts: spread(read(data, name).filter(isTelling), most) }));
}

function read(data: string, name: string): SitePost[] {
  const blog = join(data, `blog-${name}`);
  if (existsSync(join(blog, 'posts.jsonl'))) return readPosts(blog);
  const table = join(data, name, 'posts.tsv');
  if (existsSync(table)) return readTable(readFileSync(table, 'utf8'));
  throw new Error(`${data} has neither blog-${name}/posts.jsonl nor ${name}/posts.tsv.`);
}

/** Posts of a table with the columns `id`, `title` and `selftext`. */
export function readTable(table: string): SitePost[] {
  const [header = '', ...lines] = table.split(/\r?\n/);
  const columns = header.split('\t');
  const at = (name: string): number => columns.indexOf(name);
  return lines.flatMap((line): SitePost[] => {
    const cells = line.split('\t');
    const cell = (name: string): string => cells[at(name)] ?? '';
    const text = cell('selftext');
    if (text === '') return [];
    const empty = { summary: '', date: '', url: null, tags: [], links: [], blocks: [] };
    return [{ ...empty, id: cell('id'), title: cell('title'), text, draft: opening(text) }];
  });
}

const isTelling = ({ draft }: SitePost): boolean => draft.split(/\s+/).length >= LEAST_WORDS;

/** At most `most` of them, evenly over the whole. */
export function spread<T>(all: readonly T[], most: number): T[] {
  const step = Math.max(1, all.length / most);
  return all.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}
