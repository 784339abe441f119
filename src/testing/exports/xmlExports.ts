// Exports and feeds in XML.
import { cdata, databaseTime, escapeXml } from './exportItem.ts';
import type { ExportFormat, ExportItem } from './exportItem.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
/** Summer time of Central Europe: what WordPress keeps beside universal time. */
const MINUTES_EAST = 120;
const WORDPRESS_STATES = { public: 'publish', draft: 'draft', private: 'private', reply: 'publish' };

const cutTag = (text: string, mark: string): string => text.replace(mark, '');
const only = (files: Record<string, string | Uint8Array>, path: string): string => {
  const text = files[path];
  if (typeof text !== 'string') throw new TypeError(`No text at ${path}.`);
  return text;
};

const wordpressItem = ({ number, title, html, date, tags, state }: ExportItem): string => `
  <item>
    <title>${cdata(title)}</title>
    <link>https://ferry.example/2020/tide-${number}/</link>
    <pubDate>${new Date(date).toUTCString()}</pubDate>
    <dc:creator>${cdata('ishbel')}</dc:creator>
    <guid isPermaLink="false">https://ferry.example/?p=${number}</guid>
    <description></description>
    <content:encoded>${cdata(`<!-- wp:paragraph -->${html}<!-- /wp:paragraph -->`)}</content:encoded>
    <excerpt:encoded>${cdata('')}</excerpt:encoded>
    <wp:post_id>${number}</wp:post_id>
    <wp:post_date>${cdata(databaseTime(date, MINUTES_EAST))}</wp:post_date>
    <wp:post_date_gmt>${cdata(databaseTime(date))}</wp:post_date_gmt>
    <wp:comment_status>${cdata('open')}</wp:comment_status>
    <wp:post_name>${cdata(`tide-${number}`)}</wp:post_name>
    <wp:status>${cdata(WORDPRESS_STATES[state])}</wp:status>
    <wp:post_parent>0</wp:post_parent>
    <wp:post_type>${cdata('post')}</wp:post_type>
    <wp:post_password></wp:post_password>
    <wp:is_sticky>0</wp:is_sticky>
    ${tags.map((tag) => `<category domain="post_tag" nicename="${number}">${cdata(tag)}</category>`).join('')}
    <category domain="category" nicename="uncategorized">${cdata('Uncategorized')}</category>
    <wp:postmeta><wp:meta_key>${cdata('_edit_last')}</wp:meta_key><wp:meta_value>${cdata('1')}</wp:meta_value></wp:postmeta>
    <wp:comment><wp:comment_id>9</wp:comment_id><wp:comment_content>${cdata('A reader’s words.')}</wp:comment_content></wp:comment>
  </item>`;

const wordpressOther = `
  <item><title>About</title><link>https://ferry.example/about/</link><content:encoded>${cdata('<p>About us.</p>')}</content:encoded>
    <wp:post_id>90001</wp:post_id><wp:status>publish</wp:status><wp:post_type>page</wp:post_type></item>
  <item><title>boat.jpg</title><content:encoded></content:encoded><wp:post_id>90002</wp:post_id><wp:status>inherit</wp:status>
    <wp:post_type>attachment</wp:post_type><wp:attachment_url>https://ferry.example/boat.jpg</wp:attachment_url></item>`;

export const wordpressExport: ExportFormat = {
  name: 'wordpress',
  carries: { title: true, date: 'second', tags: true, html: true },
  states: ['public', 'draft', 'private'],
  write: (items) => ({
    'ferry.WordPress.2020.xml': `${HEAD}<!-- generator="WordPress/6.8" created="2025-05-01 10:00" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Ferry notes</title><link>https://ferry.example</link><description>Tides</description><language>en-GB</language>
  <wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://ferry.example</wp:base_site_url>
  <wp:base_blog_url>https://ferry.example</wp:base_blog_url>
  <wp:author><wp:author_id>1</wp:author_id><wp:author_login>${cdata('ishbel')}</wp:author_login>
    <wp:author_display_name>${cdata('Ishbel Rae')}</wp:author_display_name></wp:author>
  ${items.map(wordpressItem).join('')}${wordpressOther}
</channel></rss>`,
  }),
};

const bloggerEntry = ({ number, title, html, date, tags, state }: ExportItem): string => `<entry>
  <id>tag:blogger.com,1999:blog-7.post-${number}</id><blogger:type>POST</blogger:type>
  <blogger:status>${state === 'draft' ? 'DRAFT' : 'LIVE'}</blogger:status>
  <author><name>Ishbel Rae</name><uri></uri><blogger:type>BLOGGER</blogger:type></author>
  <title>${escapeXml(title)}</title><content type='html'>${escapeXml(html)}</content>
  <blogger:metaDescription/><blogger:created>${date}</blogger:created><published>${date}</published><updated>${date}</updated>
  <blogger:location/>${tags.map((tag) => `<category scheme='tag:blogger.com,1999:blog-7' term='${escapeXml(tag)}'/>`).join('')}
  <blogger:filename>/2020/01/tide-${number}.html</blogger:filename><link/><enclosure/><blogger:trashed/></entry>`;

export const bloggerTakeout: ExportFormat = {
  name: 'blogger',
  carries: { title: true, date: 'second', tags: true, html: true },
  states: ['public', 'draft'],
  write: (items) => ({
    'feed.atom': `<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'>
<id>tag:blogger.com,1999:blog-7</id><title>Ferry notes</title>${items.map(bloggerEntry).join('\n')}
<entry><id>tag:blogger.com,1999:blog-7.post-90001</id><blogger:type>COMMENT</blogger:type><blogger:status>LIVE</blogger:status>
<title/><content type='html'>A reader’s words.</content><published>2020-01-01T00:00:00Z</published></entry></feed>`,
  }),
};

const oldBloggerEntry = ({ number, title, html, date, tags, state }: ExportItem): string => `<entry>
  <id>tag:blogger.com,1999:blog-7.post-${number}</id><published>${date}</published><updated>${date}</updated>
  ${state === 'draft' ? "<app:control xmlns:app='http://purl.org/atom/app#'><app:draft>yes</app:draft></app:control>" : ''}
  <category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#post'/>
  ${tags.map((tag) => `<category scheme='http://www.blogger.com/atom/ns#' term='${escapeXml(tag)}'/>`).join('')}
  <title type='text'>${escapeXml(title)}</title><content type='html'>${escapeXml(html)}</content>
  <link rel='self' type='application/atom+xml' href='https://www.blogger.com/feeds/7/posts/default/${number}'/>
  <link rel='alternate' type='text/html' href='https://ferry.example/2020/01/tide-${number}.html' title='${escapeXml(title)}'/>
  <author><name>Ishbel Rae</name></author></entry>`;

export const bloggerBackup: ExportFormat = {
  name: 'blogger',
  carries: { title: true, date: 'second', tags: true, html: true },
  states: ['public', 'draft'],
  write: (items) => ({
    'blog-01-01-2020.xml': `<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href="http://www.blogger.com/styles/atom.css" type="text/css"?>
<feed xmlns='http://www.w3.org/2005/Atom'><id>tag:blogger.com,1999:blog-7.archive</id><updated>2020-05-01T00:00:00Z</updated>
<title type='text'>Ferry notes</title><link rel='alternate' type='text/html' href='https://ferry.example/'/>
<generator version='7.00' uri='http://www.blogger.com'>Blogger</generator>
<entry><id>tag:blogger.com,1999:blog-7.layout</id><category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#template'/><title type='text'>Template</title><content type='text'>&lt;html&gt;</content></entry>
${items.map(oldBloggerEntry).join('\n')}</feed>`,
  }),
};

export const rssFeed: ExportFormat = {
  name: 'feed',
  carries: { title: true, date: 'second', tags: true, html: true },
  states: ['public'],
  write: (items) => ({
    'rss.xml': `${HEAD}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Ferry notes</title>
<link>https://ferry.example/</link><description>Tides</description>${items
      .map(
        ({
          number,
          title,
          html,
          date,
          tags,
        }) => `<item><title>${escapeXml(title)}</title><link>https://ferry.example/${number}/</link>
<guid>https://ferry.example/${number}/</guid><pubDate>${new Date(date).toUTCString()}</pubDate>
${tags.map((tag) => `<category>${escapeXml(tag)}</category>`).join('')}<content:encoded>${cdata(html)}</content:encoded></item>`,
      )
      .join('\n')}</channel></rss>`,
  }),
  breakItem: (files) => ({
    'rss.xml': cutTag(
      only(files, 'rss.xml'),
      /<content:encoded>.*?<\/content:encoded>/s.exec(only(files, 'rss.xml'))?.[0] ?? '',
    ),
  }),
};

export const rdfFeed: ExportFormat = {
  name: 'feed',
  carries: { title: true, date: 'second', tags: true, html: true },
  states: ['public'],
  write: (items) => ({
    'index.rdf': `${HEAD}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel rdf:about="https://ferry.example/"><title>Ferry notes</title><link>https://ferry.example/</link><description>Tides</description></channel>
${items
  .map(
    ({
      number,
      title,
      html,
      date,
      tags,
    }) => `<item rdf:about="https://ferry.example/${number}/"><title>${escapeXml(title)}</title>
<link>https://ferry.example/${number}/</link><dc:date>${date}</dc:date>${tags.map((tag) => `<dc:subject>${escapeXml(tag)}</dc:subject>`).join('')}
<content:encoded>${cdata(html)}</content:encoded></item>`,
  )
  .join('\n')}</rdf:RDF>`,
  }),
};

export const atomFeed: ExportFormat = {
  name: 'feed',
  carries: { title: true, date: 'second', tags: true, html: true },
  states: ['public'],
  write: (items) => ({
    'atom.xml': `${HEAD}<feed xmlns="http://www.w3.org/2005/Atom"><title>Ferry notes</title><id>https://ferry.example/</id>
<link rel="alternate" href="https://ferry.example/"/><updated>2020-05-01T00:00:00Z</updated>${items
      .map(
        ({
          number,
          title,
          html,
          date,
          tags,
        }) => `<entry><id>tag:ferry.example,2020:${number}</id><title>${escapeXml(title)}</title>
<link href="https://ferry.example/${number}/"/><published>${date}</published><updated>${date}</updated>
${tags.map((tag) => `<category term="${escapeXml(tag)}"/>`).join('')}<content type="html">${escapeXml(html)}</content></entry>`,
      )
      .join('\n')}</feed>`,
  }),
};
