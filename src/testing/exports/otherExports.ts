// Exports as Markdown and captions.
import { escapeXml } from './exportItem.ts';
import type { ExportFormat } from './exportItem.ts';

const NOTION_ID = (number: number): string => number.toString(16).padStart(32, '0');

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

/** What Whisper writes: all that was said, and then again in segments. */
export const whisperExport: ExportFormat = {
  name: 'timed-text',
  carries: { title: false, date: 'none', tags: false, html: false },
  states: ['public'],
  write: (items) =>
    Object.fromEntries(
      items.map(({ number, text }) => [
        `talks/tide-${number}.json`,
        JSON.stringify({
          text: ` ${text.replaceAll('\n\n', ' ')}`,
          segments: text.split('\n\n').map((line, index) => ({
            id: index,
            seek: 0,
            start: index * 5,
            end: index * 5 + 4,
            text: ` ${escapeXml(line)}`,
            tokens: [50364, 440],
            temperature: 0,
            avg_logprob: -0.25,
            compression_ratio: 1.5,
            no_speech_prob: 0.01,
          })),
          language: 'en',
        }),
      ]),
    ),
};
