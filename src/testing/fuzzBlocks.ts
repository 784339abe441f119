// Damaged blocks of vectors, digests and terms, one after the other: whatever is wrong with them, what is handed out must be what
// was stored, the rest must be made again, and the reason must be told.
import { createMemoryBackend } from '../core/store/memoryBackend.ts';
import type { Backend } from '../core/store/backend.ts';
import { digestOf } from '../core/store/digest.ts';
import { createPassageRepository } from '../core/store/passages.ts';
import { createPostChanges } from '../core/store/postChanges.ts';
import { createPostRepository } from '../core/store/posts.ts';
import { createVectorRepository } from '../core/store/vectors.ts';
import { DIGESTS, TERMS, VECTORS, type DigestBlock, type TermPage, type VectorBlock } from '../core/store/schema.ts';
import type { PostDigest } from '../core/store/digest.ts';
import type { DamagedBlock } from '../core/libraryApi.ts';
import type { PostId } from '../core/post.ts';
import { unpackTerms } from '../core/text/termBlock.ts';
import { DIMENSION, rowsOf, spaceNamed, storedPost } from './storeRows.ts';

export interface BlockFuzzReport {
  cases: number;
  /** By what was damaged and how. */
  damages: Map<string, number>;
  /** Why blocks were refused, by what they are of. */
  reasons: Map<string, number>;
  /** What refused blocks held, and was made again. */
  vectorsLost: number;
  digestsMadeAnew: number;
  /** Cases that left every block usable: two blocks that may change places, or one that is only gone. */
  harmless: number;
  failures: string[];
}

const POSTS = 260;
const PASSAGES_PER_POST = 3;
/** So that terms fill more than one page. */
const WORDS_PER_POST = 17;
const RULE = 'fuzz';
const SPACE = spaceNamed('fuzz');
const STORES = [VECTORS, DIGESTS, TERMS] as const;
type BlockStore = (typeof STORES)[number];
type Block = VectorBlock | DigestBlock | TermPage;
const PARTS: Record<BlockStore, readonly string[]> = {
  [VECTORS]: ['ids', 'codes', 'scales'],
  [DIGESTS]: ['bytes'],
  [TERMS]: ['bytes'],
};
export const BLOCK_DAMAGES = [
  'bits',
  'cut',
  'longer',
  'zeros',
  'checksum',
  'version',
  'swapped',
  'doubled',
  'other kind',
  'gone',
] as const;
export type BlockDamage = (typeof BLOCK_DAMAGES)[number];

interface Truth {
  backend: Backend;
  posts: ReadonlyMap<PostId, string>;
  ids: readonly number[];
  rows: Record<BlockStore, Block[]>;
}

/** `random` gives numbers in 0 ≤ x < 1; the same cases for the same numbers. */
export async function fuzzBlocks(cases: number, random: () => number): Promise<BlockFuzzReport> {
  const truth = await makeTruth();
  const report: BlockFuzzReport = {
    cases: 0,
    damages: new Map(),
    reasons: new Map(),
    vectorsLost: 0,
    digestsMadeAnew: 0,
    harmless: 0,
    failures: [],
  };
  for (let n = 0; n < cases; n++) {
    const store = STORES[n % STORES.length] ?? VECTORS;
    const damage = BLOCK_DAMAGES[Math.floor(n / STORES.length) % BLOCK_DAMAGES.length] ?? 'bits';
    const name = `case ${n} (${damage} of ${store})`;
    report.cases++;
    count(report.damages, `${store} ${damage}`);
    await writeBlocks(truth, store, damaged(truth.rows[store], store, damage, random));
    try {
      await openDamaged(truth, report, name);
    } catch (error) {
      report.failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
    for (const each of STORES) await writeBlocks(truth, each, truth.rows[each]);
  }
  return report;
}

async function openDamaged({ backend, posts, ids }: Truth, report: BlockFuzzReport, name: string): Promise<void> {
  const fail = (what: string): void => void report.failures.push(`${name}: ${what}`);
  const told: DamagedBlock[] = [];
  const found = await readPosts(backend, (block) => told.push(block));
  const wrong = [...posts].filter(([id, digest]) => found.digests.get(id) !== digest).map(([id]) => id);
  if (wrong.length > 0) fail(`the digest of ${wrong[0] ?? ''} and ${wrong.length - 1} others is not as it was`);
  if (found.digests.size !== posts.size) fail(`there are digests of ${found.digests.size} posts`);

  const vectors = createVectorRepository(backend, (block) => told.push(block));
  const live = new Set(ids);
  const seen = new Set<number>();
  const { damaged: refused } = await vectors.load(
    SPACE,
    DIMENSION,
    (id) => live.has(id),
    (rows) => {
      const right = rowsOf([...rows.ids]);
      for (const id of rows.ids) {
        if (seen.has(id)) fail(`vector ${id} is handed out twice`);
        seen.add(id);
      }
      const same = rows.codes.every((code, at) => code === right.codes[at]);
      if (!same || !rows.scales.every((scale, at) => scale === right.scales[at])) fail('a vector is not as it was');
    },
  );
  const lost = ids.filter((id) => !seen.has(id));
  if (refused !== told.filter(({ what }) => what === 'vectors').length) fail('a block is refused without a reason');
  for (const { what, reason } of told) {
    if (reason === '') fail('a reason says nothing');
    count(report.reasons, `${what}: ${reason}`);
  }

  // What is embedded again takes its place, and the next opening has nothing to make again.
  await vectors.append(SPACE, DIMENSION, rowsOf(lost));
  const whole = await vectors.read(SPACE, DIMENSION, live);
  if (whole.ids.length !== ids.length) fail(`after all only ${whole.ids.length} of ${ids.length} vectors are there`);
  const again: DamagedBlock[] = [];
  const { digested } = await readPosts(backend, (block) => again.push(block));
  const rest = await createVectorRepository(backend, (block) => again.push(block)).load(
    SPACE,
    DIMENSION,
    (id) => live.has(id),
    () => undefined,
  );
  if (digested > 0 || again.length > 0 || rest.rows !== ids.length) fail('the next opening still finds damage');
  report.vectorsLost += lost.length;
  report.digestsMadeAnew += found.digested;
  if (lost.length + found.digested + told.length === 0) report.harmless++;
}

/** Every digest that is handed out, the last of each post, as text. */
async function readPosts(backend: Backend, onDamaged: (block: DamagedBlock) => void) {
  const repository = createPostRepository(backend, createPostChanges(backend, onDamaged));
  const digests = new Map<PostId, string>();
  const { digested } = await repository.open({
    onBlock: ({ heads, terms }, vocabulary) => {
      heads.forEach((head, index) => {
        const { ids, counts, length } = unpackTerms(terms, index);
        const named = Array.from(ids, (id) => vocabulary.terms[id]);
        digests.set(head.id, said({ head, terms: { terms: named as string[], counts: Array.from(counts), length } }));
      });
    },
    onDigest: (digest) => void digests.set(digest.head.id, said(digest)),
  });
  return { digests, digested };
}

function said({ head, terms: { terms, counts, length } }: PostDigest): string {
  const counted = terms.map((term, index) => `${term} ${counts[index] ?? 0}`).sort();
  const { post, ...rest } = head;
  const fields = [...Object.entries(rest), ...Object.entries(post)].sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([fields, counted, length]);
}

async function makeTruth(): Promise<Truth> {
  const backend = createMemoryBackend();
  const stored = Array.from({ length: POSTS }, (_, n) => {
    const words = Array.from({ length: WORDS_PER_POST }, (_unused, word) => `gull${n}word${word}`);
    return storedPost(`p${n}`, `${words.join(' ')} over the slip, where the ferry waits.`);
  });
  await createPostRepository(backend, createPostChanges(backend)).put(stored);
  const passages = createPassageRepository(backend);
  const ids: number[] = [];
  for (const { id, revision } of stored) {
    const cut = Array.from({ length: PASSAGES_PER_POST }, (_, n) => ({ start: n, end: n + 1, startS: null, hash: n }));
    ids.push(...((await passages.replace(id, revision, RULE, cut))?.ids ?? []));
  }
  await createVectorRepository(backend).append(SPACE, DIMENSION, rowsOf(ids));
  const rows = await backend.run(STORES, 'readonly', async (transaction) => ({
    [VECTORS]: await transaction.getAll(VECTORS),
    [DIGESTS]: await transaction.getAll(DIGESTS),
    [TERMS]: await transaction.getAll(TERMS),
  }));
  for (const store of STORES) {
    if (rows[store].length < 2) throw new Error(`There is but one block of ${store}: nothing to swap it with.`);
  }
  const posts = new Map(stored.map((post) => [post.id, said(digestOf(post))]));
  return { backend, posts, ids, rows };
}

async function writeBlocks({ backend }: Truth, store: BlockStore, blocks: readonly Block[]): Promise<void> {
  await backend.run([store], 'readwrite', async (transaction) => {
    await transaction.clear(store);
    for (const block of blocks) await transaction.put(store, block);
  });
}

function damaged(rows: readonly Block[], store: BlockStore, damage: BlockDamage, random: () => number): Block[] {
  const whole = (most: number): number => Math.floor(random() * most);
  const blocks = structuredClone([...rows]);
  const at = whole(blocks.length);
  const block = blocks[at] as unknown as Record<string, unknown>;
  const part = PARTS[store][whole(PARTS[store].length)] ?? 'bytes';
  const array = block[part] as Uint8Array<ArrayBuffer>;
  const other = blocks[(at + 1 + whole(blocks.length - 1)) % blocks.length] as unknown as Record<string, unknown>;
  switch (damage) {
    case 'bits': {
      const bytes = new Uint8Array(array.buffer);
      for (let flips = 1 + whole(4); flips > 0; flips--) {
        const byte = whole(bytes.length);
        bytes[byte] = (bytes[byte] ?? 0) ^ (1 << whole(8));
      }
      break;
    }
    case 'cut':
      block[part] = array.slice(0, whole(array.length));
      break;
    case 'longer': {
      const longer = new (array.constructor as Uint8ArrayConstructor)(array.length + 1 + whole(64));
      longer.set(array);
      block[part] = longer;
      break;
    }
    case 'zeros':
      array.fill(0, whole(array.length));
      break;
    case 'checksum':
      block['checksum'] = whole(2 ** 32);
      break;
    case 'version':
      if (store === VECTORS) block['dimension'] = 2 * DIMENSION;
      else block['rule'] = `digest-${whole(100) + 2}`;
      break;
    case 'swapped':
    case 'doubled':
      for (const name of [...PARTS[store], 'checksum']) {
        const own = block[name];
        block[name] = other[name];
        if (damage === 'swapped') other[name] = own;
      }
      break;
    case 'other kind':
      block[part] = [[...array.slice(0, 3)], null, 'bytes', new Float64Array(2)][whole(4)];
      break;
    case 'gone':
      blocks.splice(at, 1);
      break;
  }
  return blocks;
}

const count = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1);
