// The demo's posts, cut by a reader that is just good enough for tests and screenshots.
import { postId } from '../core/index.ts';
import type { Post, PostKind, TextBlock, TextLink } from '../core/index.ts';

const markdown = import.meta.glob<string>('../../demo/posts/*.md', { query: '?raw', import: 'default', eager: true });
const transcripts = import.meta.glob<string>('../../demo/posts/*.vtt', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const names = (list: string | undefined): string[] =>
  (list ?? '')
    .replace(/^\[|\]$/g, '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);

/** All posts of the demo, oldest first. */
export function demoPosts(): Post[] {
  return Object.entries(markdown).map(([path, source]) => {
    const slug = path.replace(/^.*\/|\.md$/g, '');
    const [, head = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source) ?? [];
    const fields = new Map(head.split('\n').map((line) => [line.split(':')[0] ?? '', line.replace(/^[^:]*:\s*/, '')]));
    const field = (name: string): string => (fields.get(name) ?? '').replace(/^["']|["']$/g, '');
    const cues = transcripts[path.replace(/\.md$/, '.vtt')];
    const structured = build([...paragraphs(body), ...(cues === undefined ? [] : cuesOf(cues))]);
    const kind: PostKind = cues !== undefined ? 'video' : structured.text.length < 700 ? 'note' : 'post';
    return {
      ...structured,
      id: postId(`demo/${slug}`),
      kind,
      title: field('title') || slug,
      summary: field('summary'),
      date: field('date') || null,
      url: `https://slackwater.example/${slug}`,
      authors: names(fields.get('authors')),
      tags: names(fields.get('tags')),
      series: field('series') || null,
      source: 'Slackwater',
      durationS: cues === undefined ? null : 900,
    };
  });
}

interface RawBlock extends Omit<TextBlock, 'start' | 'end'> {
  text: string;
}

function paragraphs(body: string): RawBlock[] {
  return body
    .trim()
    .split(/\n{2,}/)
    .flatMap((raw): RawBlock[] => {
      if (raw.startsWith('```')) return [{ kind: 'code', text: raw.replace(/^```\w*\n|\n```$/g, '') }];
      const heading = /^(#+) (.*)$/.exec(raw);
      if (heading?.[1] !== undefined) return [{ kind: 'heading', level: heading[1].length, text: heading[2] ?? '' }];
      if (/^([-*]|\d+\.) /.test(raw)) {
        return raw
          .split(/\n(?=(?:[-*]|\d+\.) )/)
          .map((item) => ({ kind: 'item', level: 1, text: item.replace(/^([-*]|\d+\.) /, '') }));
      }
      if (raw.startsWith('>')) return [{ kind: 'quote', text: raw.replace(/^> ?/gm, '') }];
      return [{ kind: 'paragraph', text: raw.replace(/\n/g, ' ') }];
    });
}

function cuesOf(vtt: string): RawBlock[] {
  const seconds = (stamp: string): number => stamp.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return [...vtt.matchAll(/^([\d:.]+) --> ([\d:.]+)\n([\s\S]*?)(?=\n\n|\n*$(?![\s\S]))/gm)].map(
    ([, from = '0', to = '0', said = '']) => ({
      kind: 'cue',
      text: said.replace(/\n/g, ' '),
      startS: seconds(from),
      endS: seconds(to),
    }),
  );
}

function build(raw: RawBlock[]): { text: string; blocks: TextBlock[]; links: TextLink[] } {
  const links: TextLink[] = [];
  const blocks: TextBlock[] = [];
  let text = '';
  for (const { text: marked, ...rest } of raw) {
    if (text !== '') text += '\n\n';
    const start = text.length;
    for (const part of marked.replace(/\*\*|`/g, '').split(/(\[[^\]]+\]\([^)]+\))/)) {
      const link = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(part);
      const words = link?.[1] ?? part;
      if (link?.[2] !== undefined) links.push({ start: text.length, end: text.length + words.length, href: link[2] });
      text += words;
    }
    blocks.push({ ...rest, start, end: text.length });
  }
  return { text, blocks, links };
}
