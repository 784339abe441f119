// What exports hold beside posts stays out of the library; and what only some of them write.
import { expect, test } from 'vitest';
import { importOne, importTexts } from '../../../testing/importTexts.ts';

test('messages, contacts and databases of an export are no posts', async () => {
  const { posts, issues, tables } = await importTexts({
    'linkedin/messages.csv':
      'FROM,TO,DATE,SUBJECT,CONTENT\nJo,Me,2024-01-01 10:00:00 UTC,Hello,A private word about the ferry.\n',
    'linkedin/Connections.csv': 'First Name,URL,Description\nJo,https://x.example,Someone\n',
    'notion/Posts 0123456789abcdef0123456789abcdef.csv': 'Name,Date,Text\nFog,2024-01-01,Low cloud over the slip.\n',
    'twitter/data/direct-messages.js':
      'window.YTD.direct_messages.part0 = [{"dmConversation":{"messages":[{"messageCreate":{"text":"private"}}]}}]',
    'twitter/data/deleted-tweets.js':
      'window.YTD.deleted_tweets.part0 = [{"tweet":{"id_str":"1","full_text":"taken back"}}]',
    'mastodon/likes.json': '{"type":"OrderedCollection","orderedItems":["https://other.example/1"]}',
    'instagram/messages/message_1.json':
      '{"participants":[],"messages":[{"sender_name":"Jo","content":"private","media":[{"creation_timestamp":1}]}]}',
  });
  expect(posts).toEqual([]);
  expect(issues).toEqual([]);
  expect(tables).toEqual([]);
});

test('a table of posts in a folder comes in when its columns are clear', async () => {
  const { posts } = await importTexts({
    'export/posts.csv': 'title,body,date\nFog,Low cloud over the slip.,2024-01-01\n',
  });
  expect(posts.map(({ title, date }) => [title, date])).toEqual([['Fog', '2024-01-01']]);
});

test('columns that the author names are taken, in tables and in JSON Lines', async () => {
  const columns = { text: 'b', title: 'a', date: null, url: null, id: 'no', summary: null, author: null, tags: null };
  const table = await importTexts({ 'x.csv': 'no,a,b\n1,Fog,Low cloud.\n' });
  expect(table.posts).toEqual([]);
  expect(table.tables).toMatchObject([
    { file: 'x.csv', columns: ['no', 'a', 'b'], rows: [['1', 'Fog', 'Low cloud.']] },
  ]);
  const lines = '{"no":1,"a":"Fog","b":"Low cloud."}\n{"no":2,"a":"Rain","b":"Wet."}\n';
  expect((await importTexts({ 'x.jsonl': lines })).tables).toMatchObject([{ columns: ['no', 'a', 'b'] }]);
  for (const files of [{ 'x.csv': 'no,a,b\n1,Fog,Low cloud.\n2,Rain,Wet.\n' }, { 'x.jsonl': lines }]) {
    const { posts, tables } = await importTexts(files, { columns });
    expect(tables).toEqual([]);
    expect(posts.map(({ title, text }) => [title, text])).toEqual([
      ['Fog', 'Low cloud.'],
      ['Rain', 'Wet.'],
    ]);
  }
});

test('paragraphs of the older WordPress editor, which has none of its own', async () => {
  const item =
    '<item><title>Fog</title><content:encoded><![CDATA[Low cloud.\n\nIt lifted [caption id="a" width="3"]A boat[/caption] at [noon].]]></content:encoded>' +
    '<wp:post_id>1</wp:post_id><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>';
  const post = await importOne(
    'w.xml',
    `<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>F</title>${item}</channel></rss>`,
  );
  expect(post.blocks.map(({ start, end }) => post.text.slice(start, end))).toEqual([
    'Low cloud.',
    'It lifted A boat at [noon].',
  ]);
});

test('notes of a vault read as prose', async () => {
  const post = await importOne(
    'n.md',
    '# Fog\n\nSee [[Harbour/Tides|the tides]] and [[Pier#North]]. ![[map.png]] %%mine%% `[[x]]` end',
  );
  expect(post.text).toMatch(/^See the tides and Pier North\./);
  expect(post.text).not.toMatch(/map\.png|mine/);
});

test('lists of feeds and pages say where posts are', async () => {
  const opml =
    '<opml version="2.0"><head/><body><outline text="a"><outline type="rss" xmlUrl="https://ferry.example/feed"/></outline></body></opml>';
  const sitemap =
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://ferry.example/1</loc></url></urlset>';
  const { issues } = await importTexts({ 'feeds.opml': opml, 'sitemap.xml': sitemap });
  expect(issues.map(({ code }) => code)).toEqual(['feed-list', 'feed-list']);
  expect(issues[0]?.message).toContain('https://ferry.example/feed');
  expect(issues[1]?.message).toContain('1 page ');
});
