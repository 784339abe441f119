// A blog to judge suggestions by: its posts as the importer reads them, and which posts its authors linked to each other.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DocumentFields } from '../../src/core/text/documentTerms.ts';
import { markdownToText } from '../../src/core/text/structure/markdown.ts';

export interface SitePost extends DocumentFields {
  id: string;
  url: string | null;
  /** To other posts of the site. */
  links: { href: string }[];
  /** ISO date; empty where the post has none. */
  date: string;
  /** The first words of the text as the author might have typed them, without the anchors of internal links. */
  draft: string;
}

export interface SiteQuery {
  post: SitePost;
  /** Those of its related posts that could be suggested when it was written. */
  relevant: ReadonlySet<string>;
}

export interface Site {
  name: string;
  posts: SitePost[];
  /** Whether any post has a date. */
  dated: boolean;
  /** Posts with at least one relevant earlier post. */
  queries: SiteQuery[];
}

const PREFIX = 'blog-';

/** Folders `blog-NAME` with posts and judgements; those named in `only`, or all. Throws when a named one is missing. */
export function findSites(data: string, only: readonly string[] | null): string[] {
  if (!existsSync(data)) throw new Error(`There is no folder ${data}. Name one with --data.`);
  const folders = readdirSync(data, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.startsWith(PREFIX))
    .map((entry) => join(data, entry.name))
    .filter((folder) => existsSync(join(folder, 'posts.jsonl')) && existsSync(join(folder, 'related-qrels.tsv')))
    .sort();
  if (only === null) return folders;
  return only.map((name) => {
    const found = folders.find((folder) => siteName(folder) === name);
    if (found === undefined) throw new Error(`${join(data, PREFIX + name)} lacks posts.jsonl or related-qrels.tsv.`);
    return found;
  });
}

export const siteName = (folder: string): string => basename(folder).slice(PREFIX.length);

/** Reads a site. Its texts are taken as Markdown, as the JSON Lines importer does. */
export function readSite(folder: string): Site {
  const posts = readPosts(folder);
  const byId = new Map(posts.map((post) => [post.id, post]));
  const dated = posts.some((post) => post.date !== '');
  const relevant = new Map<string, Set<string>>();
  for (const line of readFileSync(join(folder, 'related-qrels.tsv'), 'utf8').split(/\r?\n/).slice(1)) {
    const [query = '', candidate = '', score = ''] = line.split('\t');
    const [asked, other] = [byId.get(query), byId.get(candidate)];
    if (!(Number(score) > 0) || asked === undefined || other === undefined) continue;
    if (!isCandidate(other, asked, dated)) continue;
    const found = relevant.get(query) ?? new Set();
    relevant.set(query, found.add(candidate));
  }
  const queries = posts.flatMap((post) => {
    const found = relevant.get(post.id);
    return found === undefined ? [] : [{ post, relevant: found }];
  });
  return { name: siteName(folder), posts, dated, queries };
}

/** The posts of a folder, judged or not. */
export function readPosts(folder: string): SitePost[] {
  const rows = readFileSync(join(folder, 'posts.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const urls = new Map(rows.map((row) => [row['id'], row['url']]));
  return rows.map((row) => toPost(row, urls));
}

/** Whether a post was there when another was written: dated strictly earlier or, on a site without dates, any other. */
export function isCandidate(other: SitePost, post: SitePost, dated: boolean): boolean {
  return dated ? other.date !== '' && post.date !== '' && other.date < post.date : other.id !== post.id;
}

/** Links are given by id; a post has them by address. */
function toPost(fields: Record<string, unknown>, urls: ReadonlyMap<unknown, unknown>): SitePost {
  const text = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
  const list = (name: string): unknown[] => (Array.isArray(fields[name]) ? fields[name] : []);
  const tags = list('tags').map(String);
  const body = markdownToText(text('text'));
  return {
    id: text('id'),
    url: text('url') || null,
    links: list('links')
      .map((id) => urls.get(id))
      .filter((url) => typeof url === 'string')
      .map((href) => ({ href })),
    date: text('date'),
    title: text('title'),
    summary: text('summary'),
    tags,
    text: body.text,
    blocks: body.blocks,
    draft: typeof fields['draft'] === 'string' ? fields['draft'] : opening(text('text')),
  };
}

/** Of a draft, where the site has none of its own. */
const DRAFT_WORDS = 150;

/** The first words of a text, as much as a draft has. */
export const opening = (text: string): string => text.split(/\s+/).slice(0, DRAFT_WORDS).join(' ');
