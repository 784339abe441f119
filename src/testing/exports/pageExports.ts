// Exports as pages, and pages of a site.
import { databaseTime, escapeXml } from './exportItem.ts';
import type { ExportFormat } from './exportItem.ts';

const mediumPage = (title: string, inner: string): string =>
  `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1><section class="h-entry e-content">${inner}</section></body></html>`;

export const mediumExport: ExportFormat = {
  name: 'html',
  carries: { title: true, date: 'second', tags: false, html: true },
  states: ['public', 'draft'],
  write: (items) => ({
    'medium/README.html': mediumPage('Archive for Ishbel Rae', `<p>${'What lies in each folder. '.repeat(12)}</p>`),
    'medium/highlights/highlights-0001.html': mediumPage('Highlights', `<ul><li>Somebody else’s words.</li></ul>`),
    ...Object.fromEntries(
      items.map(({ number, title, html, date, state }) => [
        `medium/posts/${state === 'draft' ? 'draft' : date.slice(0, 10)}_Tide-table-${number}.html`,
        `<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>${escapeXml(title)}</title><style>* { font-family: Georgia; }</style></head><body><article class="h-entry">
<header><h1 class="p-name">${escapeXml(title)}</h1></header>
<section data-field="subtitle" class="p-summary"></section>
<section data-field="body" class="e-content"><section name="a1" class="section section--body"><div class="section-divider"><hr class="section-divider"></div><div class="section-content"><div class="section-inner sectionLayout--insetColumn"><h3 name="b1" class="graf graf--h3 graf--leading graf--title">${escapeXml(title)}</h3>${html}</div></div></section></section>
<footer><p>By <a href="https://medium.com/@ishbel" class="p-author h-card">Ishbel Rae</a> on <a href="https://medium.com/p/${number}abc"><time class="dt-published" datetime="${date.replace('Z', '.000Z')}">January 1, 2020</time></a>.</p><p><a href="https://medium.com/@ishbel/tide-${number}" class="p-canonical">Canonical link</a></p><p>Exported from <a href="https://medium.com">Medium</a> on May 1, 2020.</p></footer></article></body></html>`,
      ]),
    ),
  }),
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
