// The format of a backup: what was written is read, whatever it is; what was not is refused with the reason.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  backupOf,
  damaged,
  DAMAGES,
  madeLibraries,
  sealedBackup,
  SPACE,
  type MadeLibrary,
} from '../../testing/backupParts.ts';
import { makePost } from '../../testing/makePost.ts';
import { isKindredError } from '../errors.ts';
import { blobSource, readBackup, type BackupPart } from './index.ts';

async function read(bytes: Uint8Array<ArrayBuffer>): Promise<BackupPart[]> {
  const parts: BackupPart[] = [];
  for await (const part of readBackup(blobSource(new Blob([bytes])))) parts.push(part);
  return parts;
}

const isPosts = (part: BackupPart) => part.kind === 'posts';

describe('a backup', () => {
  it('holds every library whole', async () => {
    await fc.assert(
      fc.asyncProperty(madeLibraries, async (made) => {
        const parts = await read(await backupOf(made));
        expect(parts[0]).toEqual({
          kind: 'head',
          head: { format: 1, madeAt: 1, vectors: { space: SPACE, rule: 'rule', model: 'fake' } },
        });
        const posts = parts.filter(isPosts);
        expect(posts.flatMap((part) => part.posts)).toEqual(made.posts);
        const vectors = posts.flatMap((part) => [...part.vectors.values()]);
        expect(vectors).toEqual([...made.vectors.values()]);
        expect(parts.flatMap((part) => (part.kind === 'drafts' ? part.drafts : []))).toEqual(made.drafts);
        expect(parts.flatMap((part) => (part.kind === 'settings' ? part.settings : []))).toEqual([made.settings]);
        expect(parts.at(-1)?.kind).toBe('done');
      }),
      { numRuns: 60 },
    );
  });

  it('of many posts is read in parts of about a megabyte, and one large post is a part of its own', async () => {
    const text = 'Words and words. '.repeat(20_000);
    const made: MadeLibrary = {
      posts: Array.from({ length: 12 }, (_, n) => ({
        importedAt: n,
        post: makePost(`p${n}`, n === 5 ? text.repeat(8) : text),
      })),
      vectors: new Map(),
      drafts: [],
      settings: { library: {}, page: null },
    };
    const sizes = (await read(await backupOf(made))).filter(isPosts).map(({ posts }) => posts.length);
    expect(sizes).toEqual([3, 2, 1, 3, 3]);
  });

  it('may be without vectors', async () => {
    const [made] = fc.sample(madeLibraries, { numRuns: 1, seed: 7 });
    if (made === undefined) throw new Error('no sample');
    const parts = await read(await backupOf(made, { vectors: null }));
    expect(parts.filter(isPosts).every(({ vectors }) => vectors.size === 0)).toBe(true);
    expect(parts.at(-1)).toMatchObject({ totals: { posts: made.posts.length, vectors: 0 } });
  });
});

describe('a backup that is not what was written', () => {
  const sample = fc
    .sample(madeLibraries, { numRuns: 20, seed: 11 })
    .filter(({ posts, drafts }) => posts.length > 3 && drafts.length > 0);

  it.each(DAMAGES)('is refused with the reason: %s', async (damage) => {
    let cases = 0;
    for (const [index, made] of sample.slice(0, 4).entries()) {
      const whole = await backupOf(made);
      let state = index + 1;
      const random = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
      for (let n = 0; n < 15; n++) {
        const bytes = await damaged(whole, damage, random);
        if (Buffer.compare(bytes, whole) === 0) continue;
        cases++;
        const error = await read(bytes).then(
          () => null,
          (reason: unknown) => reason,
        );
        expect(isKindredError(error) && error.code, `${damage} ${index}/${n}`).toMatch(/^backup-/);
      }
    }
    expect(cases).toBeGreaterThan(40);
  });

  const head = { format: 1, madeAt: 1, vectors: null };
  const settings = { library: {}, page: null };
  const none = { posts: 0, drafts: 0, vectors: 0 };
  const post = { importedAt: 1, post: makePost('a', 'Text of a.') };
  const line = JSON.stringify(post);

  it('says of a newer format that it is newer, and of another file that it is none', async () => {
    await expect(read(await sealedBackup([['HEAD', { format: 2 }]]))).rejects.toMatchObject({
      code: 'backup-newer',
      message: expect.stringContaining('format 2') as unknown,
    });
    await expect(read(new TextEncoder().encode('# A post\n\nText.'))).rejects.toMatchObject({ code: 'backup-unknown' });
    await expect(read(new Uint8Array(0))).rejects.toMatchObject({ code: 'backup-unknown' });
  });

  it.each([
    [
      'no end mark',
      [
        ['HEAD', head],
        ['SETS', settings],
      ],
    ],
    [
      'no settings',
      [
        ['HEAD', head],
        ['DONE', none],
      ],
    ],
    [
      'no head',
      [
        ['SETS', settings],
        ['DONE', none],
      ],
    ],
    [
      'two heads',
      [
        ['HEAD', head],
        ['HEAD', head],
        ['SETS', settings],
        ['DONE', none],
      ],
    ],
    [
      'another number of posts',
      [
        ['HEAD', head],
        ['POST', line],
        ['SETS', settings],
        ['DONE', none],
      ],
    ],
    [
      'a post twice',
      [
        ['HEAD', head],
        ['POST', `${line}\n${line}`],
        ['SETS', settings],
        ['DONE', { ...none, posts: 2 }],
      ],
    ],
    [
      'vectors without a space',
      [
        ['HEAD', head],
        ['POST', line],
        ['VECS', Uint8Array.of(2, 0, 0, 0, 91, 93)],
        ['SETS', settings],
        ['DONE', { ...none, posts: 1 }],
      ],
    ],
    [
      'a post without text',
      [
        ['HEAD', head],
        ['POST', '{"importedAt":1,"post":{"id":"a"}}'],
        ['SETS', settings],
        ['DONE', { ...none, posts: 1 }],
      ],
    ],
    [
      'bytes that are no text',
      [
        ['HEAD', head],
        ['DRFT', Uint8Array.of(0xff, 0xfe)],
        ['SETS', settings],
        ['DONE', none],
      ],
    ],
    [
      'a block outside the text',
      [
        ['HEAD', head],
        [
          'POST',
          JSON.stringify({ ...post, post: { ...post.post, blocks: [{ kind: 'paragraph', start: 0, end: 99 }] } }),
        ],
        ['SETS', settings],
        ['DONE', { ...none, posts: 1 }],
      ],
    ],
  ] as const)('is refused though its seals are right: %s', async (_name, sections) => {
    await expect(read(await sealedBackup(sections))).rejects.toMatchObject({
      code: 'backup-damaged',
      message: expect.stringMatching(/at byte \d+.*Nothing was changed/) as unknown,
    });
  });

  it('brings no script in: such addresses are left out', async () => {
    const hostile = {
      importedAt: 1,
      post: {
        ...makePost('a', 'Text of a.'),
        url: 'javascript:alert(1)',
        links: [
          { start: 0, end: 4, href: 'java\nscript:alert(2)' },
          { start: 0, end: 4, href: '/ok' },
        ],
        __proto__: { polluted: true },
        more: 1,
      },
    };
    const parts = await read(
      await sealedBackup([
        ['HEAD', head],
        ['POST', JSON.stringify(hostile)],
        ['SETS', settings],
        ['DONE', { ...none, posts: 1 }],
      ]),
    );
    const [found] = parts.filter(isPosts).flatMap(({ posts }) => posts);
    expect(found?.post).toEqual({
      ...makePost('a', 'Text of a.'),
      url: null,
      links: [{ start: 0, end: 4, href: '/ok' }],
    });
  });

  it('is not read further once it is told to stop', async () => {
    const whole = await backupOf(sample[0] ?? { posts: [], vectors: new Map(), drafts: [], settings });
    const stop = new AbortController();
    const reading = readBackup(blobSource(new Blob([whole])), { signal: stop.signal });
    await reading.next();
    stop.abort();
    await expect(reading.next()).rejects.toMatchObject({ name: 'AbortError' });
  });
});
