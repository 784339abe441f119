// Passages lose nothing: every visible character once, within the limit, at the offsets they claim.
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { TextBlock } from '../post.ts';
import { leftOutOf } from './cleaning/leftOut.ts';
import { isHead, type Passage, type PassageSource } from './passage.ts';
import { AIM_TOKENS, cutPassages } from './passages.ts';

/** A token for each run of word characters in pieces of four, one for any other visible character, two special ones. */
const countTokens = (texts: readonly string[]): number[] =>
  texts.map((text) => {
    let tokens = 2;
    for (const run of text.match(/[\p{L}\p{M}\p{N}]+|[^\s]/gu) ?? []) tokens += Math.ceil(Array.from(run).length / 4);
    return tokens;
  });

const visible = (text: string): string => text.replace(/\s+/gu, '');
const body = (passages: Passage[]): Passage[] => passages.filter((passage) => !isHead(passage));
const source = (text: string, blocks: TextBlock[] = []): PassageSource => ({ title: '', summary: '', text, blocks });
const cut = (post: PassageSource, maxTokens = 64): Promise<Passage[]> => cutPassages(post, { maxTokens, countTokens });

const word = fc.oneof(
  fc.constantFrom(
    'we',
    'Dr.',
    'J.',
    'e.g.',
    'planned',
    'U.S.',
    '3.5',
    'No.',
    'v8.dev',
    '1.',
    '-',
    'Ende',
    '“So”',
    'etc.',
  ),
  fc.constantFrom(
    '潮の時刻表。',
    '港',
    'ภาษาไทยไม่มีช่องว่าง',
    'שלום',
    'مرحبا',
    'привет',
    'é́́',
    '👩‍👩‍👧‍👦',
    '𝔘𝔫𝔦',
    '🇳🇴🇬🇧',
    'नमस्ते',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.integer({ min: 1, max: 400 }).map((count) => 'x'.repeat(count)),
);
const separator = fc.constantFrom(
  ' ',
  ' ',
  ' ',
  '. ',
  '? ',
  ', ',
  '; ',
  '\n',
  '\n\n',
  '\r\n',
  '。',
  '\t',
  '\u00a0',
  '',
);
const prose = fc
  .array(fc.tuple(word, separator), { maxLength: 120 })
  .map((pairs) => pairs.map(([text, after]) => text + after).join(''));

/** Blocks of every kind over arbitrary parts of a text, gaps and overlaps included. */
const structured = prose.chain((text) =>
  fc
    .array(
      fc.record({
        kind: fc.constantFrom('paragraph', 'heading', 'item', 'quote', 'code', 'cue'),
        from: fc.nat(text.length),
        length: fc.nat(200),
      }),
      { maxLength: 12 },
    )
    .map((parts) =>
      source(
        text,
        parts.map(({ kind, from, length }) => ({
          kind: kind,
          start: from,
          end: from + length,
          ...(kind === 'cue' ? { startS: from, endS: from + length } : {}),
        })),
      ),
    ),
);

const repeatedPlaces = fc.uniqueArray(fc.nat(14), { maxLength: 3 });

describe('cutPassages', () => {
  it('holds every visible character that is not left out exactly once, in order, at exact offsets, within the limit', async () => {
    await fc.assert(
      fc.asyncProperty(
        structured,
        fc.integer({ min: 16, max: 80 }),
        repeatedPlaces,
        async (post, maxTokens, repeated) => {
          const passages = body(await cut({ ...post, repeated }, maxTokens));
          const leftOut = leftOutOf(post, repeated);
          const kept = (from: number, to: number): string => {
            const gaps = leftOut.filter(({ start, end }) => start < to && end > from);
            const edges = [from, ...gaps.flatMap(({ start, end }) => [Math.max(from, start), Math.min(to, end)]), to];
            return edges.map((edge, at) => (at % 2 === 0 ? post.text.slice(edge, edges[at + 1]) : '')).join('');
          };
          let done = 0;
          for (const passage of passages) {
            expect(passage.start).toBeGreaterThanOrEqual(done);
            expect(visible(kept(done, passage.start))).toBe('');
            expect(visible(passage.text)).toBe(visible(kept(passage.start, passage.end)));
            if (leftOut.length === 0) expect(passage.text).toBe(post.text.slice(passage.start, passage.end));
            expect(passage.text).toBe(passage.text.trim());
            expect(passage.tokens).toBe(countTokens([passage.text])[0]);
            expect(passage.tokens).toBeLessThanOrEqual(maxTokens);
            done = passage.end;
          }
          expect(visible(kept(done, post.text.length))).toBe('');
        },
      ),
      { numRuns: 300 },
    );
  });

  it('joins what stands before and after code, without it', async () => {
    const before = 'The tide table is read by a small program that the harbour runs each night.';
    const code = 'const tide = table.next();';
    const after = 'It prints when the water is high enough.';
    const text = [before, code, after].join('\n\n');
    const at = (said: string, kind: TextBlock['kind']): TextBlock => {
      return { kind, start: text.indexOf(said), end: text.indexOf(said) + said.length };
    };
    const blocks = [at(before, 'paragraph'), at(code, 'code'), at(after, 'paragraph')];
    expect(body(await cut(source(text, blocks)))).toMatchObject([
      { text: `${before}\n\n${after}`, start: 0, end: text.length },
    ]);
  });

  it('never cuts within a character, whatever the script', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('𝔘', '👍', '港', 'ก'),
        fc.integer({ min: 200, max: 900 }),
        async (char, count) => {
          const passages = body(await cut(source(char.repeat(count)), 16));
          expect(passages.length).toBeGreaterThan(1);
          for (const { text } of passages) expect(text).not.toMatch(/^[\udc00-\udfff]|[\ud800-\udbff]$/);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('puts title and summary first, as the head without a place in the text', async () => {
    const [head, ...rest] = await cut({
      title: 'Tides',
      summary: 'Why the 07:15 left twice.',
      text: 'One. Two.',
      blocks: [],
    });
    expect(head).toMatchObject({ text: 'Tides\n\nWhy the 07:15 left twice.', start: 0, end: 0, startS: null });
    expect(rest.map((passage) => passage.text)).toEqual(['One. Two.']);
  });

  it('keeps a summary over the limit whole, over several heads', async () => {
    const summary = 'A sentence about the harbour. '.repeat(40).trim();
    const heads = (await cut({ title: 'Tides', summary, text: '', blocks: [] })).filter(isHead);
    expect(heads.length).toBeGreaterThan(1);
    expect(visible(heads.map((head) => head.text).join(''))).toBe(visible(`Tides${summary}`));
    for (const head of heads) expect(head.tokens).toBeLessThanOrEqual(64);
  });

  it('answers nothing to nothing', async () => {
    expect(await cut({ title: ' ', summary: '', text: ' \n\n ', blocks: [] })).toEqual([]);
  });

  it('ends passages where sentences end', async () => {
    const text = Array.from({ length: 60 }, (_, at) => `Sentence number ${at} is about Dr. Holm and the tide.`).join(
      ' ',
    );
    for (const passage of body(await cut(source(text)))) expect(passage.text).toMatch(/^Sentence .*tide\.$/s);
  });

  it('keeps paragraphs whole where they fit and a heading with what follows it', async () => {
    const paragraph = 'The boat left the pier at noon and came back at four. '.repeat(4).trim();
    const parts = ['Monday', paragraph, 'Tuesday', paragraph, 'Wednesday', paragraph];
    let text = '';
    const blocks: TextBlock[] = parts.map((part, at) => {
      const start = text.length;
      text += `${part}\n\n`;
      return at % 2 === 0
        ? { kind: 'heading', level: 2, start, end: start + part.length }
        : { kind: 'paragraph', start, end: start + part.length };
    });
    const passages = body(await cut(source(text, blocks), 100));
    expect(passages.map((passage) => passage.text)).toEqual([0, 2, 4].map((at) => `${parts[at]}\n\n${paragraph}`));
  });

  it('divides a long sentence at its clauses', async () => {
    const text = Array.from({ length: 30 }, (_, at) => `clause ${at} says a little more`).join('; ') + '.';
    for (const passage of body(await cut(source(text)))) expect(passage.text).toMatch(/^clause .*(;|\.)$/s);
  });

  it('gives a passage of cues the time of its first and last', async () => {
    let text = '';
    const blocks: TextBlock[] = Array.from({ length: 39 }, (_, at) => {
      const start = text.length;
      text += `so this is cue ${at} of the talk${at % 3 === 2 ? '.' : ''}\n\n`;
      return { kind: 'cue', start, end: text.length - 2, startS: at * 5, endS: at * 5 + 5 };
    });
    const passages = body(await cut(source(text, blocks)));
    expect(passages.length).toBeGreaterThan(2);
    expect(passages[0]?.startS).toBe(0);
    passages.forEach((passage, at) => {
      const [first, last] =
        passage.text.match(/\d+/g)?.filter((_, index, all) => index === 0 || index === all.length - 1) ?? [];
      expect(passage.startS).toBe(Number(first) * 5);
      expect(passage.endS).toBe(Number(last) * 5 + 5);
      if (at < passages.length - 1) expect(passage.text).toMatch(/\.$/);
    });
  });

  it('halves a passage whose tokens are more than the sum of its sentences', async () => {
    // Ten extra tokens for every sentence after the first, as no tokenizer has: only the final count can tell.
    const greedy = (texts: readonly string[]): number[] =>
      texts.map((text) => (countTokens([text])[0] ?? 0) + 10 * Math.max(0, (text.match(/\./g)?.length ?? 0) - 1));
    const text = 'A sentence of six words here. '.repeat(50);
    const passages = body(await cutPassages(source(text), { maxTokens: 64, countTokens: greedy }));
    for (const passage of passages) expect(greedy([passage.text])[0]).toBeLessThanOrEqual(64);
    expect(visible(passages.map((passage) => passage.text).join(''))).toBe(visible(text));
  });

  it('counts tokens of 200,000 words in few calls, sync or async, and reads each character a few times only', async () => {
    const text = Array.from(
      { length: 20_000 },
      (_, at) => `Sentence ${at} has ten words that say nothing of note.`,
    ).join(' ');
    const counter = vi.fn(async (texts: readonly string[]) => countTokens(texts));
    const passages = await cutPassages(source(text), { maxTokens: 256, countTokens: counter });
    expect(passages.length).toBeGreaterThan((200_000 / AIM_TOKENS) * 0.8);
    const read = counter.mock.calls.reduce(
      (sum, [texts]) => sum + texts.reduce((units, one) => units + one.length, 0),
      0,
    );
    expect(read).toBeLessThan(text.length * 3);
    expect(counter.mock.calls.length).toBeLessThan(100);
  });

  it('divides a single word of a million characters', async () => {
    const passages = body(await cut(source('x'.repeat(1_000_000)), 256));
    expect(passages.reduce((sum, passage) => sum + passage.text.length, 0)).toBe(1_000_000);
    for (const passage of passages) expect(passage.tokens).toBeLessThanOrEqual(256);
  });

  it('stops when aborted, and refuses a limit that no script fits in', async () => {
    const signal = AbortSignal.abort();
    await expect(cutPassages(source('One.'), { maxTokens: 64, countTokens, signal })).rejects.toThrow(/abort/i);
    await expect(cut(source('One.'), 8)).rejects.toThrow(/16 tokens/);
  });
});
