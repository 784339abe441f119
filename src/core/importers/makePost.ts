// The last step of every importer: what a file gave, checked and completed into a post.
import { KindredError } from '../errors.ts';
import { postId } from '../post.ts';
import type { Post, PostKind, StructuredText } from '../post.ts';
import { languageTag } from '../text/languageTag.ts';
import { removeFirstBlock } from './removeFirstBlock.ts';

export interface PostParts {
  id: string;
  kind: PostKind;
  /** Empty to take the first heading, or else `fallbackTitle`. */
  title: string;
  fallbackTitle: string;
  summary: string;
  date: string | null;
  url: string | null;
  authors: string[];
  tags: string[];
  series: string | null;
  source: string;
  durationS: number | null;
  body: StructuredText;
  /** As the source writes it, a tag of any form or anything else. */
  language?: unknown;
}

/** What a post has of a source that tells nothing of it. */
export const noParts = {
  kind: 'post',
  title: '',
  fallbackTitle: '',
  summary: '',
  date: null,
  url: null,
  authors: [],
  tags: [],
  series: null,
  durationS: null,
} satisfies Partial<PostParts>;

/** Some twenty long novels: more is a dump of a database, and would hold up everything else for minutes. */
const MOST_WORDS = 2_000_000;

/**
 * Throws `post-without-text` when there is neither text nor summary, `post-too-long` over 2,000,000 words. `item` names the post in errors.
 * A first heading that is the title is not repeated in the text.
 */
export function makePost(parts: PostParts, item: string): Post {
  const { body, fallbackTitle, language: written, ...rest } = parts;
  if (body.text === '' && parts.summary === '') {
    throw new KindredError(
      'post-without-text',
      `${item} has no text. Write some, or leave it out; an image or a video alone cannot be compared.`,
      { item },
    );
  }
  if (body.text.length > MOST_WORDS && countWords(body.text) > MOST_WORDS) {
    throw new KindredError(
      'post-too-long',
      `${item} has more than ${MOST_WORDS.toLocaleString('en')} words. Split it into several posts and import them.`,
      { item },
    );
  }
  const heading = firstHeading(body);
  const title = parts.title || heading || topHeading(body) || fallbackTitle || 'Untitled';
  const repeats = heading !== '' && sameWords(heading, title) && body.blocks.length > 1;
  const language = languageTag(written);
  const told = language === null ? {} : { language };
  return { ...rest, ...told, id: postId(parts.id), title, ...(repeats ? removeFirstBlock(body) : body) };
}

function firstHeading(body: StructuredText): string {
  const first = body.blocks[0];
  return first?.kind === 'heading' ? body.text.slice(first.start, first.end) : '';
}

function topHeading(body: StructuredText): string {
  const top = body.blocks.find((block) => block.kind === 'heading' && block.level === 1);
  return top === undefined ? '' : body.text.slice(top.start, top.end);
}

function sameWords(a: string, b: string): boolean {
  const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  return bare(a) === bare(b);
}

function countWords(text: string): number {
  let words = 0;
  let inWord = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const isSpace = code === 32 || code === 10;
    if (!isSpace && !inWord) words++;
    inWord = !isSpace;
  }
  return words;
}
