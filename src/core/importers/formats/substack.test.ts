// What stands in Substack's table beside posts for everyone.
import { expect, test } from 'vitest';
import { importTexts } from '../../../testing/importTexts.ts';

const HEAD = 'post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url\n';
const row = (id: string, type: string, audience: string, subtitle = ''): string =>
  `${id},2024-03-01T10:00:00.000Z,true,,,${type},${audience},Title ${id},${subtitle},\n`;

test('pages are no posts, and posts for some readers are left out unless asked for', async () => {
  const files = {
    'sub/posts.csv':
      HEAD +
      row('1.fog', 'newsletter', 'everyone') +
      row('2.old', '', '') +
      row('3.paid', 'newsletter', 'only_paid') +
      row('4.free', 'newsletter', 'only_free') +
      row('5.founding', 'podcast', 'founding') +
      row('6.about', 'page', 'everyone'),
    ...Object.fromEntries(
      ['1.fog', '2.old', '3.paid', '4.free', '5.founding', '6.about'].map((id) => [
        `sub/posts/${id}.html`,
        `<p>Words of ${id}, low cloud over the slip.</p>`,
      ]),
    ),
  };
  const { posts, skipped, issues } = await importTexts(files);
  expect(issues).toEqual([]);
  expect(posts.map(({ title }) => title)).toEqual(['Title 1.fog', 'Title 2.old']);
  expect(skipped.map(({ reason }) => reason)).toEqual(['private', 'private', 'private', 'not-a-post']);
  const all = await importTexts(files, { include: ['private'] });
  expect(all.posts.map(({ title }) => title)).toEqual([
    'Title 1.fog',
    'Title 2.old',
    'Title 3.paid',
    'Title 4.free',
    'Title 5.founding',
  ]);
});

test('an episode or a thread without a page gives no alarm', async () => {
  const { posts, skipped, issues } = await importTexts({
    'sub/posts.csv':
      HEAD +
      row('1.talk', 'podcast', 'everyone', 'Seals at noon') +
      row('2.chat', 'thread', 'everyone') +
      row('3.fog', 'newsletter', 'everyone'),
  });
  expect(posts.map(({ title, summary, text }) => [title, summary, text])).toEqual([
    ['Title 1.talk', 'Seals at noon', ''],
  ]);
  expect(skipped.map(({ reason }) => reason)).toEqual(['not-a-post']);
  expect(issues.map(({ code }) => code)).toEqual(['file-unreadable']);
  expect(issues[0]?.item).toContain('row 4');
});
