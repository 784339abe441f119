// The four kinds of feed as one list of entries, still as the feed wrote them: nothing here is safe to show yet.
import type { parseFeed } from 'feedsmith';
import { asSeconds } from '../fieldValues.ts';

type AnyFeed = ReturnType<typeof parseFeed<string>>;
type Rss = Extract<AnyFeed, { format: 'rss' }>['feed'];
type Atom = Extract<AnyFeed, { format: 'atom' }>['feed'];
type Rdf = Extract<AnyFeed, { format: 'rdf' }>['feed'];
type Json = Extract<AnyFeed, { format: 'json' }>['feed'];

export interface FeedEntry {
  id: string;
  title: string;
  link: string;
  date: string;
  content: string;
  isHtml: boolean;
  summary: string;
  authors: string[];
  tags: string[];
  isVideo: boolean;
  durationS: number | null;
  /** Addresses of transcripts, as podcasts name them. */
  transcripts: string[];
  /** As written; '' where neither entry nor feed says it. */
  language: string;
}

export interface FeedContent {
  title: string;
  /** Address of the blog, '' where the feed gives none: relative links start from it. */
  home: string;
  entries: FeedEntry[];
}

export function feedEntries(parsed: AnyFeed): FeedContent {
  switch (parsed.format) {
    case 'rss':
      return rss(parsed.feed);
    case 'atom':
      return atom(parsed.feed);
    case 'rdf':
      return rdf(parsed.feed);
    case 'json':
      return json(parsed.feed);
  }
}

function rss(feed: Rss): FeedContent {
  const entries = (feed.items ?? []).map((item): FeedEntry => {
    const full = item.content?.encoded ?? '';
    const authors = (item.authors ?? []).map((author) => author.name ?? '');
    const video = item.enclosures?.find((enclosure) => enclosure.type?.startsWith('video/'));
    // A guid is an address unless it says that it is none.
    const pageGuid = item.guid?.isPermaLink === false ? '' : (item.guid?.value ?? '');
    const recording = video ?? item.enclosures?.find((enclosure) => enclosure.type?.startsWith('audio/'));
    return {
      id: item.guid?.value ?? '',
      title: item.title ?? '',
      link: item.link ?? (pageGuid || (recording?.url ?? '')),
      date: item.pubDate ?? item.dc?.dates?.[0] ?? '',
      content: full || (item.description ?? ''),
      isHtml: true,
      summary: full === '' ? '' : (item.description ?? ''),
      authors: authors.some(Boolean) ? authors : (item.dc?.creators ?? []),
      tags: (item.categories ?? []).map((category) => category.name ?? ''),
      isVideo: video !== undefined,
      durationS: recording === undefined ? null : asSeconds(item.itunes?.duration),
      transcripts: (item.podcast?.transcripts ?? []).map(({ url }) => url ?? ''),
      language: item.dc?.languages?.[0] ?? feed.language ?? '',
    };
  });
  return { title: feed.title ?? '', home: feed.link ?? '', entries };
}

function atom(feed: Atom): FeedContent {
  const home = linkOf(feed.links);
  const entries = (feed.entries ?? []).map((entry): FeedEntry => {
    const full = entry.content?.value ?? '';
    const text = full === '' ? entry.summary : entry.content;
    const authors = entry.authors ?? feed.authors ?? [];
    return {
      id: entry.id ?? '',
      title: entry.title?.value ?? '',
      link: linkOf(entry.links),
      date: entry.published ?? entry.updated ?? '',
      content: text?.value ?? '',
      // By the standard text is plain unless it says otherwise; many feeds forget to say.
      isHtml: /html/i.test(text?.type ?? '') || /<\w+[^<>]*>|&\w+;/.test((text?.value ?? '').slice(0, 10_000)),
      summary: full === '' ? '' : (entry.summary?.value ?? ''),
      authors: authors.map((author) => author.name ?? ''),
      tags: (entry.categories ?? []).map((category) => category.label ?? category.term ?? ''),
      isVideo: entry.yt?.videoId !== undefined,
      durationS: null,
      transcripts: [],
      language: entry.content?.xml?.lang ?? entry.xml?.lang ?? feed.xml?.lang ?? '',
    };
  });
  return { title: feed.title?.value ?? '', home, entries };
}

function linkOf(links: Atom['links']): string {
  const page = links?.find((link) => link.rel === undefined || link.rel === 'alternate');
  return page?.href ?? '';
}

function rdf(feed: Rdf): FeedContent {
  const entries = (feed.items ?? []).map((item): FeedEntry => {
    const full = item.content?.encoded ?? '';
    return {
      id: item.rdf?.about ?? item.link ?? '',
      title: item.title ?? '',
      link: item.link ?? '',
      date: item.dc?.dates?.[0] ?? '',
      content: full || (item.description ?? ''),
      isHtml: true,
      summary: full === '' ? '' : (item.description ?? ''),
      authors: item.dc?.creators ?? [],
      tags: item.dc?.subjects ?? [],
      isVideo: false,
      durationS: null,
      transcripts: [],
      language: item.dc?.languages?.[0] ?? feed.dc?.languages?.[0] ?? '',
    };
  });
  return { title: feed.title ?? '', home: feed.link ?? '', entries };
}

function json(feed: Json): FeedContent {
  const entries = (feed.items ?? []).map((item): FeedEntry => {
    const video = item.attachments?.find((attachment) => attachment.mime_type?.startsWith('video/'));
    return {
      id: item.id ?? '',
      title: item.title ?? '',
      link: item.url ?? item.external_url ?? '',
      date: item.date_published ?? item.date_modified ?? '',
      content: item.content_html ?? item.content_text ?? '',
      isHtml: item.content_html !== undefined,
      summary: item.summary ?? '',
      authors: (item.authors ?? feed.authors ?? []).map((author) => author.name ?? ''),
      tags: item.tags ?? [],
      isVideo: video !== undefined,
      durationS: video?.duration_in_seconds ?? null,
      transcripts: [],
      language: item.language ?? feed.language ?? '',
    };
  });
  return { title: feed.title ?? '', home: feed.home_page_url ?? '', entries };
}
