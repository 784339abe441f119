import { expect, test } from 'vitest';
import { importAll, importTexts } from '../../../testing/importTexts.ts';

const line = (fields: Record<string, unknown>) => JSON.stringify({ title: 'Fog', text: 'Low cloud.', ...fields });

test('a line gives the fields of a post, its text read as Markdown', async () => {
  const { posts } = await importTexts({
    'posts.jsonl': line({
      id: '2014-03-12-fog',
      kind: 'note',
      url: 'https://a.example/fog',
      date: '2014-03-12',
      authors: ['Tomasz'],
      tags: ['weather'],
      summary: 'It *came*.',
      text: '## Seven\n\nLow [cloud](/c).',
    }),
  });
  expect(posts).toMatchObject([
    {
      id: '2014-03-12-fog',
      kind: 'note',
      title: 'Fog',
      url: 'https://a.example/fog',
      date: '2014-03-12',
      authors: ['Tomasz'],
      tags: ['weather'],
      summary: 'It came.',
      source: 'blog',
      text: 'Seven\n\nLow cloud.',
      links: [{ start: 11, end: 16, href: '/c' }],
    },
  ]);
});

test('broken lines are told one by one, and the rest comes in', async () => {
  const invalid = new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d, 0x0a]);
  const blob = new Blob([
    line({ id: 'a' }),
    '\r\n\n',
    '{"id": "b", "text": \n',
    '[1]\n',
    invalid,
    '{"text": "nameless"}\n',
    line({ id: 'c' }),
  ]);
  const { posts, issues } = await importAll([{ path: 'posts.jsonl', blob }]);
  expect(posts.map((post) => post.id)).toEqual(['a', 'c']);
  expect(issues.map(({ item, code }) => [item, code])).toEqual([
    ['posts.jsonl, line 3', 'format-broken'],
    ['posts.jsonl, line 4', 'format-broken'],
    ['posts.jsonl, line 5', 'file-encoding'],
    ['posts.jsonl, line 6', 'format-broken'],
  ]);
  for (const { item, message } of issues) expect(message).toContain(item);
});

test('a file broken throughout is told of a hundred times and then once', async () => {
  const { issues } = await importTexts({ 'posts.jsonl': '{oops\n'.repeat(1000) });
  expect(issues).toHaveLength(101);
  expect(issues.at(-1)?.message).toContain('900 more items');
});

test('lines and characters that run over the chunks of a stream stay whole', async () => {
  const posts = Array.from({ length: 50 }, (_, n) => line({ id: `é${n}`, text: 'né🚢 '.repeat(n * 50) || 'x' })).join(
    '\n',
  );
  const bytes = new TextEncoder().encode(posts);
  const blob = new Blob([bytes]);
  blob.stream = () =>
    new ReadableStream({
      start(controller) {
        for (let at = 0; at < bytes.length; at += 997) controller.enqueue(bytes.slice(at, at + 997));
        controller.close();
      },
    });
  const imported = await importAll([{ path: 'posts.jsonl', blob }]);
  expect(imported.issues).toEqual([]);
  expect(imported.posts.map((post) => post.id)).toEqual(Array.from({ length: 50 }, (_, n) => `é${n}`));
});

test('keys that name parts of every object are only keys', async () => {
  const { posts } = await importTexts({ 'a.jsonl': '{"__proto__": {"title": "Evil"}, "id": "a", "text": "Fog."}' });
  expect(posts.map((post) => post.title)).toEqual(['a']);
  expect(({} as Record<string, unknown>)['title']).toBeUndefined();
});

test('a bare number for an id counts within its source only', async () => {
  const { posts } = await importTexts({ 'a.jsonl': line({ id: 7 }) });
  expect(posts.map((post) => post.id)).toEqual(['blog/7']);
});
