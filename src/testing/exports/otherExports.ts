// Exports as pages, Markdown and captions.
import { databaseTime, escapeXml } from './exportItem.ts';
import type { ExportFormat } from './exportItem.ts';

const NOTION_ID = (number: number): string => number.toString(16).padStart(32, '0');
const DAY = (date: string): string => date.slice(0, 10);

export const mediumExport: ExportFormat = {
  name: 'html',
  carries: { title: true, date: 'second', tags: false, html: true },
  states: ['public', 'draft'],
  write: (items) =>
    Object.fromEntries(
      items.map(({ number, title, html, date, state }) => [
        `medium/posts/${state === 'draft' ? 'draft' : DAY(date)}_Tide-table-${number}.html`,
        `<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>${escapeXml(title)}</title><style>* { font-family: Georgia; }</style></head><body><article class="h-entry">
<header><h1 class="p-name">${escapeXml(title)}</h1></header>
<section data-field="subtitle" class="p-summary"></section>
<section data-field="body" class="e-content"><section name="a1" class="section section--body"><div class="section-divider"><hr class="section-divider"></div><div class="section-content"><div class="section-inner sectionLayout--insetColumn">${html}</div></div></section></section>
<footer><p>By <a href="https://medium.com/@ishbel" class="p-author h-card">Ishbel Rae</a> on <a href="https://medium.com/p/${number}abc"><time class="dt-published" datetime="${date.replace('Z', '.000Z')}">January 1, 2020</time></a>.</p><p><a href="https://medium.com/@ishbel/tide-${number}" class="p-canonical">Canonical link</a></p><p>Exported from <a href="https://medium.com">Medium</a> on May 1, 2020.</p></footer></article></body></html>`,
      ]),
    ),
};

export const linkedinArticles: ExportFormat = {
  name: 'html',
  carries: { title: true, date: 'day', tags: false, html: true },
  states: ['public'],
  write: (items) =>
    Object.fromEntries(
      items.map(({ number, title, html, date }) => [
        `linkedin/Articles/tide-${number}.html`,
        `<html><head><title>${escapeXml(title)}</title><style></style></head><body><img src="https://media.example/1.jpg"/>
<h1><a href="https://www.linkedin.com/pulse/tide-${number}">${escapeXml(title)}</a></h1>
<p class="created">Created on ${databaseTime(date).slice(0, 16)}</p><p class="published">Published on ${databaseTime(date).slice(0, 16)}</p>
<div>${html}</div></body></html>`,
      ]),
    ),
};

export const sitePages: ExportFormat = {
  name: 'html',
  carries: { title: true, date: 'second', tags: true, html: true },
  states: ['public'],
  write: (items) => ({
    'site/sitemap.xml': `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${items
      .map(
        ({ number }) =>
          `<url><loc>https://ferry.example/notes/tide-${number}/</loc><lastmod>2020-05-01</lastmod></url>`,
      )
      .join('')}</urlset>`,
    'site/index.html': `<html><body><nav><a href="/">Home</a></nav><main>${items
      .map(
        ({ number }) =>
          `<article><h2><a href="/notes/tide-${number}/">Tide ${number}</a></h2><p>Read on.</p></article>`,
      )
      .join(
        '',
      )}<article><h2><a href="/a">A</a></h2></article><article><h2><a href="/b">B</a></h2></article></main></body></html>`,
    ...Object.fromEntries(
      items.map(({ number, title, html, date, tags }) => [
        `site/notes/tide-${number}/index.html`,
        `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeXml(title)} | Ferry notes</title>
<meta property="og:type" content="article"><meta property="article:published_time" content="${date}">
${tags.map((tag) => `<meta property="article:tag" content="${escapeXml(tag)}">`).join('')}
<script>document.write('no')</script></head><body><header><a href="/">Ferry notes</a></header>
<nav><ul><li><a href="/">Home</a></li><li><a href="/about">About</a></li></ul></nav>
<main><article><h1>${escapeXml(title)}</h1>${html}<div class="share"><a href="https://x.com/share">Share this</a></div></article>
<aside>Newest: <a href="/1">one</a></aside></main><footer>© Ferry</footer></body></html>`,
      ]),
    ),
  }),
};

const markdownOf = (front: string, title: string, text: string): string =>
  `${front}\n${title === '' ? '' : `# ${title}\n\n`}${text}\n`;

export const hugoMarkdown: ExportFormat = {
  name: 'markdown',
  carries: { title: true, date: 'second', tags: true, html: false },
  states: ['public', 'draft'],
  write: (items) =>
    Object.fromEntries(
      items.map(({ number, title, text, date, tags, state }) => [
        `site/content/posts/tide-${number}.md`,
        markdownOf(
          `+++\ntitle = ${JSON.stringify(title)}\ndate = ${date}\ndraft = ${state === 'draft'}\ntags = ${JSON.stringify(tags)}\n+++`,
          '',
          text,
        ),
      ]),
    ),
};

export const astroMarkdown: ExportFormat = {
  name: 'markdown',
  carries: { title: true, date: 'second', tags: true, html: false },
  states: ['public', 'draft', 'private'],
  write: (items) =>
    Object.fromEntries(
      items.map(({ number, title, text, date, tags, state }) => [
        `site/src/content/blog/tide-${number}.mdx`,
        markdownOf(
          `---\ntitle: ${JSON.stringify(title)}\npubDate: ${date}\ndraft: ${state === 'draft'}\nunlisted: ${state === 'private'}\ntags: ${JSON.stringify(tags)}\n---\nimport Boat from '../Boat.astro';\n`,
          '',
          text,
        ),
      ]),
    ),
};

export const notionExport: ExportFormat = {
  name: 'markdown',
  carries: { title: true, date: 'day', tags: true, html: false },
  states: ['public', 'draft'],
  write: (items) =>
    Object.fromEntries(
      items.map(({ number, title, text, date, tags, state }) => [
        `Export/Posts ${NOTION_ID(90_000)}/Tide table ${number} ${NOTION_ID(number)}.md`,
        markdownOf(
          '',
          title,
          `Date: ${new Date(date).toLocaleDateString('en-US', { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' })}\nStatus: ${state === 'draft' ? 'Draft' : 'Published'}\nTags: ${tags.join(', ')}\n\n${text}`,
        ).trimStart(),
      ]),
    ),
};

const stamp = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(11, 23);

export const captions: ExportFormat = {
  name: 'transcript',
  carries: { title: false, date: 'none', tags: false, html: false },
  states: ['public'],
  write: (items) =>
    Object.fromEntries(
      items.map(({ number, text }) => [
        `talks/tide-${number}.vtt`,
        `WEBVTT\n\n${text
          .split('\n\n')
          .map(
            (line, index) =>
              `${index + 1}\n${stamp(index * 5)} --> ${stamp(index * 5 + 4)}\n<v Ishbel>${escapeXml(line)}`,
          )
          .join('\n\n')}\n`,
      ]),
    ),
};
