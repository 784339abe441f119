// Libraries made up at random, as a backup has them; and backups with the damage that disks, transfers and people do to them.
import fc from 'fast-check';
import { writeBackup, type BackedPost, type PostVectors } from '../core/backup/index.ts';
import { SectionWriter, type SectionKind } from '../core/backup/container.ts';
import type { BackupInput } from '../core/backup/writeBackup.ts';
import type { Draft } from '../core/draft.ts';
import { draftId } from '../core/draft.ts';
import type { EmbeddingSpace } from '../core/embedding.ts';
import { postId, type Post } from '../core/post.ts';

export const SPACE: EmbeddingSpace = {
  model: 'fake',
  modelHash: 'fake',
  tokenizerHash: 'fake',
  pooling: 'mean',
  prefix: '',
  normalised: true,
  dimension: 64,
  passageRule: 'fake',
  numeric: 'fp32',
};

export interface MadeLibrary {
  posts: BackedPost[];
  vectors: Map<string, PostVectors>;
  drafts: Draft[];
  settings: { library: Record<string, unknown>; page: unknown };
}

const anyText = fc.string({ unit: 'binary', maxLength: 60 });
const anyDate = fc.option(fc.constantFrom('2024-02-29', '1999-12-31T23:59:59Z', '0001-01-01'));

const anyPost: fc.Arbitrary<Post> = fc
  .record({
    kind: fc.constantFrom('post', 'note', 'video'),
    title: anyText,
    summary: anyText,
    date: anyDate,
    url: fc.option(fc.constantFrom('https://example.org/a?b=c#d', '/2024/a/', '//example.org/x')),
    authors: fc.array(anyText, { maxLength: 3 }),
    tags: fc.array(anyText, { maxLength: 3 }),
    series: fc.option(anyText),
    source: anyText,
    durationS: fc.option(fc.double({ min: 0, max: 1e5, noNaN: true })),
    parts: fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), { maxLength: 5 }),
  })
  .map(({ parts, durationS, ...rest }) => {
    const blocks: Post['blocks'] = [];
    let at = 0;
    for (const [index, part] of parts.entries()) {
      const times = index % 2 === 0 ? {} : { startS: index, endS: index + 0.5 };
      blocks.push({
        kind: index === 0 ? 'heading' : 'paragraph',
        start: at,
        end: at + part.length,
        level: 1,
        ...times,
      });
      at += part.length + 2;
    }
    const text = parts.join('\n\n');
    const links = text === '' ? [] : [{ start: 0, end: 1, href: 'https://example.org/' }];
    // JSON has no minus zero.
    return { ...rest, durationS: durationS === null ? null : durationS + 0, id: postId(''), text, blocks, links };
  });

const anyDraft = fc
  .record({ title: anyText, body: anyText, createdAt: fc.nat(), updatedAt: fc.nat() })
  .map((draft) => ({ ...draft, id: draftId('') }));

/** Ids differ; of posts without text there are no vectors. */
export const madeLibraries: fc.Arbitrary<MadeLibrary> = fc
  .record({
    posts: fc.array(fc.record({ importedAt: fc.nat(), post: anyPost }), { maxLength: 12 }),
    drafts: fc.array(anyDraft, { maxLength: 4 }),
    page: fc.json().map((json): unknown => JSON.parse(json)),
    codes: fc.infiniteStream(fc.integer({ min: -127, max: 127 })),
  })
  .map(({ posts, drafts, page, codes }) => {
    const backed = posts.map(({ importedAt, post }, index) => ({
      importedAt,
      post: { ...post, id: postId(`post ${index} – ü`) },
    }));
    const vectors = new Map<string, PostVectors>();
    for (const { post } of backed) {
      if (post.text === '') continue;
      const rows = 1 + (post.text.length % 3);
      vectors.set(post.id, {
        passages: {
          post: post.id,
          starts: Array.from({ length: rows }, () => 0),
          ends: Array.from({ length: rows }, (_, row) => Math.min(row, post.text.length)),
          startS: Array.from({ length: rows }, (_, row) => (row === 0 ? null : row * 1.5)),
          hashes: Array.from({ length: rows }, (_, row) => row * 2 ** 40 + post.text.length),
        },
        scales: Float32Array.from({ length: rows }, (_, row) => (row + 1) / 1000),
        codes: Int8Array.from({ length: rows * SPACE.dimension }, () => Number(codes.next().value)),
      });
    }
    const numbered = drafts.map((draft, index) => ({ ...draft, id: draftId(`draft-${index}`) }));
    return {
      posts: backed,
      vectors,
      drafts: numbered,
      settings: { library: { 'pairs that may say the same': ['["a","b"]'] }, page },
    };
  });

/** The whole backup of a made-up library. */
export async function backupOf(
  made: MadeLibrary,
  changes: Partial<BackupInput> = {},
): Promise<Uint8Array<ArrayBuffer>> {
  async function* posts() {
    for (let from = 0; from < made.posts.length; from += 5) yield made.posts.slice(from, from + 5);
  }
  const parts: BlobPart[] = [];
  const written = writeBackup({
    madeAt: 1,
    vectors: { space: SPACE, rule: 'rule', model: 'fake' },
    posts: posts(),
    vectorsOf: ({ id }) => made.vectors.get(id) ?? null,
    drafts: made.drafts,
    settings: made.settings,
    ...changes,
  });
  for await (const part of written) parts.push(part);
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** Sections with right seals, whatever they hold. */
export async function sealedBackup(
  sections: readonly (readonly [SectionKind, unknown])[],
): Promise<Uint8Array<ArrayBuffer>> {
  const writer = new SectionWriter();
  const parts: BlobPart[] = [writer.start()];
  for (const [kind, content] of sections) {
    const bytes =
      content instanceof Uint8Array
        ? content
        : new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content));
    parts.push(await writer.section(kind, bytes));
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

export const DAMAGES = ['bits', 'cut', 'gap', 'twice', 'swap', 'zeros', 'tail', 'version'] as const;
export type Damage = (typeof DAMAGES)[number];

/** A copy with one damage of a kind, at a place that `random` (0 to 1) gives; what it is depends on nothing else. */
export async function damaged(
  whole: Uint8Array<ArrayBuffer>,
  damage: Damage,
  random: () => number,
): Promise<Uint8Array<ArrayBuffer>> {
  const below = (most: number): number => Math.floor(random() * most);
  const at = below(whole.length);
  const length = 1 + below(Math.min(300, whole.length - at));
  switch (damage) {
    case 'bits': {
      const copy = whole.slice();
      for (let flips = 1 + below(4); flips > 0; flips--) {
        const place = below(copy.length);
        copy[place] = (copy[place] ?? 0) ^ (1 << below(8));
      }
      return copy;
    }
    case 'cut':
      return whole.slice(0, at);
    case 'gap':
      return joined(whole.subarray(0, at), whole.subarray(at + length));
    case 'twice':
      return joined(whole.subarray(0, at + length), whole.subarray(at));
    case 'swap': {
      const half = length >> 1;
      const [first, second] = [whole.subarray(at, at + half), whole.subarray(at + half, at + length)];
      return joined(whole.subarray(0, at), second, first, whole.subarray(at + length));
    }
    case 'zeros':
      return whole.slice().fill(0, at, at + length);
    case 'tail':
      return joined(
        whole,
        Uint8Array.from({ length }, () => below(256)),
      );
    case 'version':
      return sealedBackup([
        ['HEAD', { format: 2 + below(1000), madeAt: 1, vectors: null }],
        ['DONE', {}],
      ]);
  }
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
