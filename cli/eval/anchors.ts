// How often the words proposed for a link are those that the author put it on, by posts as their authors wrote them.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StructuredText, TextLink } from '../../src/core/post.ts';
import { parseAddress } from '../../src/core/rank/address.ts';
import { anchorFinder } from '../../src/core/rank/anchor.ts';
import { Bm25Index } from '../../src/core/search/bm25.ts';
import { documentTerms } from '../../src/core/text/documentTerms.ts';
import { markdownToText } from '../../src/core/text/structure/markdown.ts';
import { keepOnly } from '../../src/core/text/structure/prose.ts';
import { isCandidate, type Site, type SitePost } from './site.ts';

export interface AnchorScores {
  /** Links between posts of the site that stand in prose. */
  links: number;
  /** Share of them, in per cent, for which any words are proposed. */
  proposed: number;
  /** Of the proposals, the share that overlaps words which the author linked to that post. */
  right: number;
  /** Of the proposals, the share in a paragraph with such words. */
  sameParagraph: number;
}

const FRONT_MATTER = /^---\r?\n[^]*?\r?\n---\r?\n/;

/** Null where the site's folder has no `originals.tar.gz`. */
export function judgeAnchors(site: Site, folder: string): AnchorScores | null {
  const archive = join(folder, 'originals.tar.gz');
  if (!existsSync(archive)) return null;
  const lexical = new Bm25Index();
  for (const post of site.posts) lexical.add(post.id, documentTerms(post));
  const byPath = new Map(site.posts.flatMap((post) => pathsOf(post).map((path) => [path, post])));
  const counts = { links: 0, proposed: 0, right: 0, sameParagraph: 0 };
  for (const [post, markdown] of originals(archive, site.posts)) {
    const draft = markdownToText(markdown.replace(FRONT_MATTER, ''));
    const prose = keepOnly(draft.text, proseBlocks(draft));
    const anchorOf = anchorFinder(prose, (term) => lexical.idf(term));
    for (const [other, anchors] of linkedPosts(draft, post, byPath, site.dated)) {
      counts.links++;
      const found = anchorOf(other.title);
      if (found === null) continue;
      counts.proposed++;
      const [start, end] = found;
      if (anchors.some((anchor) => anchor.start < end && anchor.end > start)) counts.right++;
      const block = draft.blocks.find((one) => one.start <= start && one.end >= end);
      if (block && anchors.some((anchor) => anchor.start < block.end && anchor.end > block.start))
        counts.sameParagraph++;
    }
  }
  const { links, proposed } = counts;
  const percent = (part: number, whole: number): number => (whole === 0 ? 0 : (100 * part) / whole);
  return {
    links,
    proposed: percent(proposed, links),
    right: percent(counts.right, proposed),
    sameParagraph: percent(counts.sameParagraph, proposed),
  };
}

/** Links of a draft to earlier posts of its site, those to one post together. */
function linkedPosts(
  draft: StructuredText,
  post: SitePost,
  byPath: ReadonlyMap<string, SitePost>,
  dated: boolean,
): Map<SitePost, TextLink[]> {
  const blocks = proseBlocks(draft);
  const found = new Map<SitePost, TextLink[]>();
  for (const link of draft.links) {
    const other = byPath.get(parseAddress(link.href, post.url)?.path ?? '');
    const inProse = blocks.some(([start, end]) => link.start >= start && link.end <= end);
    if (other === undefined || other === post || !inProse || !isCandidate(other, post, dated)) continue;
    found.set(other, [...(found.get(other) ?? []), link]);
  }
  return found;
}

const proseBlocks = ({ blocks }: StructuredText): [number, number][] =>
  blocks.filter(({ kind }) => kind !== 'heading' && kind !== 'code').map(({ start, end }) => [start, end]);

function pathsOf({ url }: SitePost): string[] {
  const path = url === null ? undefined : parseAddress(url)?.path;
  return path === undefined ? [] : [path];
}

/** The posts whose Markdown is in the archive, by the name of its file. */
function originals(archive: string, posts: readonly SitePost[]): [SitePost, string][] {
  const byName = new Map(posts.map((post) => [post.id.split('/').at(-1) ?? '', post]));
  const place = mkdtempSync(join(tmpdir(), 'kindred-originals-'));
  try {
    execFileSync('tar', ['-xzf', archive, '-C', place]);
    return readdirSync(place, { recursive: true, withFileTypes: true }).flatMap((entry): [SitePost, string][] => {
      const post = entry.isFile() && entry.name.endsWith('.md') ? byName.get(entry.name.slice(0, -3)) : undefined;
      return post === undefined ? [] : [[post, readFileSync(join(entry.parentPath, entry.name), 'utf8')]];
    });
  } finally {
    rmSync(place, { recursive: true });
  }
}
