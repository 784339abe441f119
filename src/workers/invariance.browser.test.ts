// A vector depends on its text alone: not on what is embedded with it, on the order, on the queue, or on the worker. Over random texts.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cutPassages } from '../core/text/passages.ts';
import { startEmbedder } from './startEmbedder.ts';
import type { RunningEmbedder } from './startEmbedder.ts';
import { faultyWorker } from '../testing/faultyWorker.ts';

const TINY = new URL('/src/testing/models/tiny/', location.origin).href;
const DIMENSION = 64;
const SLOW = { timeout: 240_000 };

interface GpuNavigator {
  gpu?: { requestAdapter(): Promise<object | null> };
}
const adapter = await (navigator as GpuNavigator).gpu?.requestAdapter();
const hasGpu = adapter !== undefined && adapter !== null;
if (!hasGpu) console.warn('NO WEBGPU ADAPTER: invariance on WebGPU is skipped');

const createWorker = (): Worker => faultyWorker();
const start = (provider: 'wasm' | 'webgpu', more: { threads?: number; recycleAt?: number } = {}) =>
  startEmbedder({ createWorker, folder: TINY, passageRule: 'test', provider, ...more });

/** Letters of every kind of script: with and without spaces, right to left, with marks, outside the basic plane, and emoji. */
const SCRIPTS = [
  'abcdefghijklmnopqrstuvwxyzABCXYZ0123456789',
  'àéîõüßœçñåøžłđ',
  'αβγδεζηθλμπρσφω',
  'абвгдежзиклмнопрстуфхцчшщъыьэюя',
  'אבגדהוזחטיכלמנסעפצקרשת',
  'ابتثجحخدذرزسشصضطظعغفقكلمنهوي',
  'अआइईउकखगघचछजटडतदनपबमयरलवशसह',
  'กขคงจชซญดตถทนบปผพมยรลวสหอ',
  'あいうえおかきくけこアイウエオカキクケコ',
  '今日新検索機能公開投稿文章記事',
  '가나다라마바사아자차카타파하',
  'აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ',
  'ሀለሐመሠረሰቀበተኀነአከወዐዘየደጀገጠጨጰጸፀፈፐ',
  '𝒜𝒷𝒸𐌰𐌱𐌲',
].map((letters) => Array.from(letters));
const EMOJI = ['🚀', '👩‍👩‍👧', '🏳️‍🌈', '👍🏽', '🇳🇱', '1️⃣', '\u200d', '\ufeff', '\u0301'];

const word = fc
  .constantFrom(...SCRIPTS)
  .chain((letters) => fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 9 }))
  .map((letters) => letters.join(''));
const token = fc.oneof(
  { weight: 12, arbitrary: word },
  { weight: 1, arbitrary: fc.constantFrom(...EMOJI, '.', ',', '?', '\n') },
);
/** Up to `most` words; the long ones are a few words said again, which is as long to a model. */
const text = (most: number) =>
  fc.oneof(
    fc.constantFrom('', ' ', '\n\n'),
    fc.array(token, { minLength: 1, maxLength: Math.min(most, 40) }).map((words) => words.join(' ')),
    fc
      .tuple(
        fc.array(token, { minLength: 3, maxLength: 12 }),
        fc.integer({ min: 1, max: Math.max(1, Math.floor(most / 12)) }),
      )
      .map(([words, times]) => Array.from({ length: times }, () => `${words.join(' ')}.`).join(' ')),
  );

/** As a post is read: in passages that the model takes whole. */
async function passagesOf(embedder: RunningEmbedder, given: string): Promise<string[]> {
  const source = { title: '', summary: '', text: given, blocks: [] };
  const { maxTokens } = embedder;
  const signal = new AbortController().signal;
  const cut = await cutPassages(source, { maxTokens, countTokens: (texts) => embedder.countTokens(texts), signal });
  return cut.length === 0 ? [''] : cut.map((passage) => passage.text);
}

const row = (vectors: Float32Array, at: number): Float32Array => vectors.slice(at * DIMENSION, (at + 1) * DIMENSION);
const cosine = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? NaN), 0);

describe('on WASM a vector has the same bits', () => {
  let embedder: RunningEmbedder;
  let recycled: RunningEmbedder;
  let oneThread: RunningEmbedder;
  beforeAll(async () => {
    [embedder, recycled, oneThread] = [
      await start('wasm'),
      await start('wasm', { recycleAt: 0.1 }),
      await start('wasm', { threads: 1 }),
    ];
  });
  afterAll(() => {
    for (const one of [embedder, recycled, oneThread]) one.dispose();
  });

  test(
    'alone, in any order, in either queue, beside others, with any threads and in a fresh worker',
    SLOW,
    async () => {
      let texts = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(text(5_000), { minLength: 1, maxLength: 4 }),
          fc.array(text(40), { minLength: 1, maxLength: 4 }),
          async (posts, drafts) => {
            const read = (await Promise.all(posts.map((post) => passagesOf(embedder, post)))).flat();
            // A long post says the same again and again: a few of its passages are enough.
            const passages = [...new Set(read)].slice(0, 12);
            texts += passages.length;
            const together = await embedder.embed(passages, { lane: 'queue' });
            const reversed = embedder.embed([...passages].reverse(), { lane: 'queue' });
            const others = (await Promise.all(drafts.map((draft) => passagesOf(embedder, draft)))).flat().slice(0, 6);
            const beside = embedder.embed([...others, ...passages], { lane: 'draft' });
            const [back, among] = [await reversed, await beside];
            const fresh = await recycled.embed(passages, { lane: 'queue' });
            const single = await oneThread.embed(passages, { lane: 'draft' });
            for (const [at, passage] of passages.entries()) {
              const own = row(together, at);
              expect(Math.hypot(...own)).toBeCloseTo(1, 5);
              expect(row(back, passages.length - 1 - at)).toEqual(own);
              expect(row(among, others.length + at)).toEqual(own);
              expect(row(fresh, at)).toEqual(own);
              expect(row(single, at)).toEqual(own);
              if (at < 2) expect(await embedder.embed([passage], { lane: 'draft' })).toEqual(own);
            }
          },
        ),
        { numRuns: 40 },
      );
      console.info(`${texts} passages; ${recycled.recycled} workers replaced meanwhile`);
      expect(texts).toBeGreaterThan(40);
      expect(recycled.recycled).toBeGreaterThan(0);
    },
  );
});

describe.skipIf(!hasGpu)('on WebGPU a vector is the same', () => {
  test('alone, in any order and beside others', SLOW, async () => {
    const embedder = await start('webgpu');
    try {
      // An emulated card takes a second for each new length.
      const words = ['water time', 'people house', 'school world', 'night', ''];
      const together = await embedder.embed(words, { lane: 'queue' });
      const back = await embedder.embed([...words].reverse(), { lane: 'draft' });
      for (const [at, one] of words.entries()) {
        const alone = await embedder.embed([one], { lane: 'draft' });
        expect(cosine(alone, row(together, at))).toBeGreaterThanOrEqual(0.99999);
        expect(cosine(row(back, words.length - 1 - at), row(together, at))).toBeGreaterThanOrEqual(0.99999);
      }
    } finally {
      embedder.dispose();
    }
  });
});
