// RSS, Atom, RDF and JSON feeds.
import { parseFeed } from 'feedsmith';
import { KindredError } from '../../errors.ts';
import { feedEntries } from './feedEntries.ts';
import type { FeedEntry } from './feedEntries.ts';
import { feedRoot } from './feedGuard.ts';
import { companion } from '../companion.ts';
import { asNames, asSummary, asTitle } from '../fieldValues.ts';
import { firstWords } from '../firstWords.ts';
import { issueFrom } from '../importer.ts';
import type { Importer, ImporterContext, ImportEvent, SourceFile } from '../importer.ts';
import { isoDate } from '../isoDate.ts';
import { joinTexts } from '../joinTexts.ts';
import { makePost } from '../makePost.ts';
import { htmlToText } from '../../text/structure/html.ts';
import { plainToText } from '../../text/structure/plain.ts';
import { safePostUrl } from '../../text/structure/safeHref.ts';
import { sourceId } from '../sourceId.ts';
import { spokenText } from '../spokenText.ts';
import type { Post, StructuredText } from '../../post.ts';

const MB = 1024 * 1024;

export const feeds: Importer = { label: 'Feed', maxBytes: 64 * MB, read };

/** What WordPress writes under every post of a feed. */
const FEED_FOOTER = /^The post .{1,300} (?:appeared first on|first appeared on) .{1,200}\.?$/;

async function* read(file: SourceFile, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const text = (await file.text()).trimStart();
  if (!text.startsWith('{')) feedRoot(text, file.path);
  const feed = feedEntries(parse(text, file.path));
  const source = asTitle(feed.title) || context.source;
  let number = 0;
  for (const entry of feed.entries) {
    context.signal?.throwIfAborted();
    const item = `${file.path}, entry ${++number}${entry.title === '' ? '' : ` (“${asTitle(entry.title)}”)`}`;
    try {
      yield {
        kind: 'post',
        post: await readEntry(entry, { home: feed.home, source, item, context }),
        file: file.path,
        item,
      };
    } catch (error) {
      yield issueFrom(error, 'format-broken', item);
    }
  }
}

function parse(text: string, item: string) {
  try {
    return parseFeed(text);
  } catch (cause) {
    throw new KindredError(
      'format-broken',
      `${item} could not be read as a feed: it is cut off, or its markup is broken. Download it again and import it.`,
      { item, cause },
    );
  }
}

interface Place {
  home: string;
  source: string;
  item: string;
  context: ImporterContext;
}

async function readEntry(entry: FeedEntry, { home, source, item, context }: Place): Promise<Post> {
  const said = await transcriptOf(entry, context);
  const notes = withoutFooter(entry.isHtml ? htmlToText(entry.content) : plainToText(entry.content));
  const body = joinTexts(notes, said);
  const url = absolute(entry.link, home);
  const id = sourceId(entry.id, home || source) ?? url ?? `${source}/${asTitle(entry.title) || firstWords(body.text)}`;
  const parts = {
    id,
    kind:
      entry.isVideo || said.text !== ''
        ? ('video' as const)
        : asTitle(entry.title) === ''
          ? ('note' as const)
          : ('post' as const),
    title: asTitle(entry.title),
    fallbackTitle: firstWords(body.text),
    summary: asSummary(entry.summary),
    date: isoDate(entry.date),
    url,
    authors: asNames(entry.authors),
    tags: asNames(entry.tags),
    series: null,
    source,
    durationS: entry.durationS,
    language: entry.language,
    body,
  };
  return makePost(parts, item);
}

/** What is said in an episode, where one of the transcripts that it names was chosen with the feed; one with times before others. */
async function transcriptOf({ transcripts }: FeedEntry, context: ImporterContext): Promise<StructuredText> {
  let untimed: StructuredText = { text: '', blocks: [], links: [] };
  for (const address of transcripts) {
    const name = decoded(address.split(/[?#]/, 1)[0]?.split('/').at(-1) ?? '');
    const path = name === '' ? null : context.find((one) => one === name || one.endsWith(`/${name}`));
    const said = path === null ? null : await companion(path, spokenText, { context, otherwise: null });
    if (said === null) continue;
    if (said.blocks.some(({ kind }) => kind === 'cue')) return said;
    if (untimed.text === '') untimed = said;
  }
  return untimed;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function absolute(link: string, home: string): string | null {
  const safe = safePostUrl(link);
  if (safe === null || !safe.startsWith('/') || !URL.canParse(safe, home)) return safe;
  return new URL(safe, home).href;
}

function withoutFooter(body: StructuredText): StructuredText {
  const last = body.blocks.at(-1);
  const before = body.blocks.at(-2);
  if (last === undefined || before === undefined || !FEED_FOOTER.test(body.text.slice(last.start, last.end)))
    return body;
  return {
    text: body.text.slice(0, before.end),
    blocks: body.blocks.slice(0, -1),
    links: body.links.filter((link) => link.end <= before.end),
  };
}
