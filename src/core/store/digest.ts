// What is kept in memory of a post, all that lists, lexical search and ranking look at: stored beside the posts, so that
// opening reads no text.
import type { Post } from '../post.ts';
import { outlineParts, outlineRule, packOutline, type Outline } from '../text/cleaning/outline.ts';
import { documentTerms, termsRule, type DocumentTerms } from '../text/documentTerms.ts';
import { titleKeyOf } from '../text/titleKey.ts';
import type { StoredPost } from './schema.ts';

export interface PostHead extends Pick<StoredPost, 'id' | 'revision' | 'words' | 'language'> {
  post: Pick<Post, 'id' | 'kind' | 'title' | 'summary' | 'date' | 'url' | 'tags' | 'series' | 'source'> & {
    /** Each address once. */
    links: { href: string }[];
  };
  /** Equal for titles that count as one. */
  titleKey: string;
  /** By which it is told what its source repeats. */
  outline: Outline;
}

export interface PostDigest {
  head: PostHead;
  terms: DocumentTerms;
}

/** Name of how posts are digested: digests of another are made anew. */
export const DIGEST_RULE = `digest-2/${termsRule}/${outlineRule}`;

/** Takes some hundred microseconds for a post of usual length. */
export function digestOf({ id, revision, words, language, post }: StoredPost): PostDigest {
  const { kind, title, summary, date, url, tags, series, source } = post;
  const links = [...new Set(post.links.map(({ href }) => href))].map((href) => ({ href }));
  return {
    head: {
      id,
      revision,
      words,
      ...(language === undefined ? {} : { language }),
      post: { id: post.id, kind, title, summary, date, url, tags, series, source, links },
      titleKey: titleKeyOf(title),
      outline: packOutline(outlineParts(post)),
    },
    terms: documentTerms(post),
  };
}
