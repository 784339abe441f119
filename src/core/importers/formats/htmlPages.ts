// Pages of HTML: saved ones, built sites, and what Medium and LinkedIn export as pages. Of each the part that is its post.
import { KindredError } from '../../errors.ts';
import { htmlToText } from '../../text/structure/html.ts';
import { safePostUrl } from '../../text/structure/safeHref.ts';
import { unless } from '../eachItem.ts';
import { asSummary, asTitle } from '../fieldValues.ts';
import { firstWords } from '../firstWords.ts';
import { htmlTree } from '../htmlTree.ts';
import type { Importer, ImporterContext, ImportEvent, SourceFile } from '../importer.ts';
import { makePost, noParts } from '../makePost.ts';
import { isBesideMediumPosts } from '../mediumExport.ts';
import { pageFacts } from '../pageFacts.ts';
import type { PageFacts } from '../pageFacts.ts';
import { isChosenAlone } from '../postFiles.ts';
import { postPath, titleFromSlug } from '../postPath.ts';
import { readablePart } from '../readablePart.ts';
import { sitemapAddresses } from '../sitemapAddresses.ts';

const MB = 1024 * 1024;

export const htmlPages: Importer = { label: 'HTML page', maxBytes: 32 * MB, read };

/** Pages of a site that list posts or serve it. */
const NO_POST =
  /(?:^|\/)(?:(?:tags?|category|categories|page|archives?|authors?|search)\/|(?:404|search|archives?|tags|categories|offline)\.html?$)/i;
/** A page of a folder with less text than this says nothing, unless it calls itself a post. In letters. */
const FEWEST_LETTERS = 200;
const MEDIUM_DRAFT = /(?:^|\/)draft_[^/]*$/;

async function* read(file: SourceFile, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const { path } = file;
  const isDraft = MEDIUM_DRAFT.test(path);
  const unread = isBesideMediumPosts(path, context) ? 'not-a-post' : isDraft ? unless('draft', context) : null;
  if (unread !== null) {
    yield { kind: 'skipped', file: path, reason: unread };
    return;
  }
  const html = await file.text();
  const root = htmlTree(html);
  const part = readablePart(html, root);
  const facts = part === null ? null : pageFacts(html, root, part.element);
  if (part === null || facts === null || !isPost(path, facts, part.element.letters)) {
    if (isChosenAlone(path)) throw noPost(path);
    yield { kind: 'skipped', file: path, reason: 'not-a-post' };
    return;
  }
  const unpublished = facts.isDraft ? unless('draft', context) : null;
  if (unpublished !== null) {
    yield { kind: 'skipped', file: path, reason: unpublished };
    return;
  }
  const body = htmlToText(part.html);
  const place = postPath(path);
  const address = safePostUrl(facts.url) ?? (await sitemapAddresses(context))(path);
  const parts = {
    ...noParts,
    id: address ?? `${context.source}/${path}`,
    title: asTitle(facts.title),
    fallbackTitle: titleFromSlug(place.slug) || firstWords(body.text),
    summary: asSummary(facts.summary),
    date: facts.date ?? place.date,
    url: address,
    authors: facts.authors,
    tags: facts.tags,
    source: context.source,
    language: facts.language,
    body,
  };
  yield { kind: 'post', post: makePost(parts, path), file: path };
}

function isPost(path: string, facts: PageFacts, letters: number): boolean {
  if (isChosenAlone(path)) return true;
  if (NO_POST.test(path)) return facts.isPost;
  return facts.isPost || letters >= FEWEST_LETTERS;
}

function noPost(item: string): KindredError {
  return new KindredError(
    'post-without-text',
    `${item} is a page without a post: it lists others, or its text is put there by a script. Save the page of one post, or copy its text into a Markdown file.`,
    { item },
  );
}
